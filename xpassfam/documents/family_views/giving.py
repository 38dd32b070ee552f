"""A family gives a document: which kind, then its files. Files also come one by one, from the page itself."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import family
from xpassfam.documents.actions import giving, uploading
from xpassfam.documents.forms import GiveForm
from xpassfam.documents.kinds import Kind, kinds
from xpassfam.documents.models import Document, PendingUpload
from xpassfam.documents.persons import may_be_about
from xpassfam.documents.shown import shown
from xpassfam.documents.uploads import Uploads, receive
from xpassfam.people.access import FamilyRequest
from xpassfam.people.models import Household, Person
from xpassfam.rules.identifiers import is_public_id, new_public_id
from xpassfam.ui.forms import blank
from xpassfam.vault import words


@family
@require_safe
def choose(request: FamilyRequest) -> HttpResponse:
    _may_send(request)
    return render(request, "documents/family/choose.html", {"kinds": kinds().values()})


@family
def give(request: FamilyRequest, kind: str) -> HttpResponse:
    _may_send(request)
    described = kinds().get(kind.replace("-", "_"))
    if described is None:
        raise Http404
    return _form(request, described, persons=may_be_about(request.access))


@family
def renew(request: FamilyRequest, public_id: str) -> HttpResponse:
    """Another of the same, about the same person: nothing to choose again."""
    _may_send(request)
    renewed = get_object_or_404(Document.objects.visible_to(request.access).as_shown(), public_id=public_id)
    if not renewed.may_be_renewed and not _given(request):
        messages.info(request, _("Ce document est déjà renouvelé, ou n’a pas à l’être."))
        return redirect("documents:document", public_id)
    return _form(request, renewed.described, persons=[], renews=renewed)


def _form(
    request: FamilyRequest, kind: Kind, *, persons: Sequence[Person], renews: Document | None = None
) -> HttpResponse:
    if first := _given(request):
        return redirect("documents:document", first.public_id)
    uploads = Uploads.read(request, "files", at=timezone.now())
    asked: dict[str, Any] = {
        "kind": kind,
        "persons": persons,
        "uploads": uploads,
        "today": request.access.on,
        "renews": renews,
    }
    form = GiveForm(request.POST, **asked) if request.method == "POST" else blank(GiveForm, request, **asked)
    if request.method == "POST" and form.is_valid():
        try:
            given = _give(request, kind, form)
        except giving.Gone:
            form.add_error("files", _("Un fichier n’est plus là. Choisissez-le à nouveau."))
        else:
            messages.success(request, _given_in_words(kind))
            return redirect("documents:document", given.public_id)
    old = shown(renews, on=request.access.on) if renews else None
    return render(request, "documents/family/give.html", {"form": form, "kind": kind, "key": _key(request), "old": old})


@family
@require_POST
def send(request: FamilyRequest) -> JsonResponse:
    """One file, as the page sends it: kept, or refused with the words to show."""
    _may_send(request)
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"problem": ""}, status=400)
    upload, problem = receive(file, access=request.access, at=timezone.now())
    if upload is None:
        return JsonResponse({"problem": problem})
    kept = {"id": upload.public_id, "name": upload.file.name, "sort": words.sort(upload.file)}
    return JsonResponse(kept, status=201)


@family
@require_POST
def take_back(request: FamilyRequest, public_id: str) -> JsonResponse:
    uploading.drop(get_object_or_404(PendingUpload.objects.visible_to(request.access), public_id=public_id))
    return JsonResponse({})


def _given_in_words(kind: Kind) -> str:
    """No request takes here what serves once."""
    if kind.is_reusable:
        return _("C’est ajouté. Nous le gardons : vous n’aurez pas à le redonner.")
    return _("C’est ajouté à vos documents. Si une demande l’attend, donnez-le dans cette demande.")


def _may_send(request: FamilyRequest) -> None:
    if not uploading.may_send(request.access):
        raise Http404


def _give(request: FamilyRequest, kind: Kind, form: GiveForm) -> Document:
    return giving.receive(
        get_object_or_404(Household.objects.visible_to(request.access)),
        kind=kind,
        person=form.person,
        uploads=form.cleaned_data["files"],
        access=request.access,
        form_key=_key(request),
        issued_on=form.cleaned_data.get("issued_on"),
        ends_on=form.cleaned_data.get("ends_on"),
        replaces=form.renews,
        by=devices.actor(request),
        at=timezone.now(),
    )


def _given(request: FamilyRequest) -> Document | None:
    """What the same form made already."""
    return Document.objects.visible_to(request.access).given_with(_key(request), by=request.access)


def _key(request: FamilyRequest) -> str:
    """The one-time key of the form: the same sent twice gives one document."""
    key = request.POST.get("key", "")
    return key if is_public_id(key) else new_public_id()
