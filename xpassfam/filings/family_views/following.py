"""What a family follows: the list, one filing, messages, its withdrawal, a promise that was broken."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import family
from xpassfam.documents.actions import uploading
from xpassfam.documents.attaching import attachment
from xpassfam.documents.uploads import Uploads
from xpassfam.filings import history
from xpassfam.filings.actions import following
from xpassfam.filings.actions.consulting import note_taken
from xpassfam.filings.family import late, listing, one
from xpassfam.filings.family.doors import acting_on_sent, form_key, on_sent
from xpassfam.filings.family_views import followed
from xpassfam.filings.forms.following import MessageForm
from xpassfam.filings.holding import may_act
from xpassfam.filings.models import Filing
from xpassfam.filings.states import Event, NotPossible, may_happen
from xpassfam.people.access import FamilyRequest
from xpassfam.ui import words


@family
@require_safe
def filings(request: FamilyRequest) -> HttpResponse:
    before = request.GET.get("avant", "")
    if before and listing.read_key(before) is None:
        raise Http404
    found = listing.listing(request.access, before=before)
    context = {
        "listing": found,
        "is_first": not before,
        "first_url": request.path if before else "",
        "older_url": f"?{urlencode({'avant': found.older})}" if found.older else "",
    }
    return render(request, "filings/family/filings.html", context)


@on_sent
def filing(request: FamilyRequest, filing: Filing) -> HttpResponse:
    left = late.left_waiting(filing, request.access) if may_act(filing, request.access) else None
    return followed.page(request, filing, None, left=left)


@require_POST
@acting_on_sent
def write(request: FamilyRequest, filing: Filing) -> HttpResponse:
    """What came too late and is offered as a message (`left`) is offered no more once it is sent, or put away."""
    if "drop" in request.POST:
        following.forget_unsent(filing, access=request.access)
        return redirect("filings:filing", filing.public_id)
    uploads = Uploads.read(request, "files", at=timezone.now())
    form = MessageForm(request.POST, uploads=uploads)
    if not form.is_valid():
        return followed.page(request, filing, form)
    try:
        following.write(
            filing,
            text=form.cleaned_data["text"],
            uploads=form.cleaned_data["files"],
            form_key=form_key(request),
            access=request.access,
            by=devices.actor(request),
            at=timezone.now(),
        )
    except uploading.Gone:
        form.add_error("files", _("Un fichier n’est plus là. Choisissez-le à nouveau."))
        return followed.page(request, filing, form)
    except following.TooManyMessages as refusal:
        told = _("Votre foyer a envoyé beaucoup de messages. Réessayez {moment}, ou appelez-nous.")
        form.add_error("text", told.format(moment=words.soon(refusal.until)))
        return followed.page(request, filing, form)
    if "left" in request.POST:
        following.forget_unsent(filing, access=request.access)
    messages.success(request, _("Votre message est envoyé."))
    return redirect("filings:filing", filing.public_id)


@require_safe
@on_sent
def file(request: FamilyRequest, filing: Filing, message: str, number: int) -> HttpResponseBase:
    """A file of a message, as an attachment. Its taking is in the history."""
    said = get_object_or_404(filing.messages.prefetch_related("files"), public_id=message)
    found = next((each for each in one.files_of(said) if each.number == number), None)
    if found is None:
        raise Http404
    given = attachment(request, found.file, name=found.name)
    by, which = devices.actor(request), found.file.public_id
    note_taken(filing, history.FILE_TAKEN, file=which, by=by, at=timezone.now())
    return given


@acting_on_sent
def withdraw(request: FamilyRequest, filing: Filing) -> HttpResponse:
    """First a page that names what follows."""
    if request.method != "POST":
        if not may_happen(filing.status, Event.WITHDRAW):
            return redirect("filings:filing", filing.public_id)
        return render(request, "filings/family/withdraw.html", {"filing": filing})
    try:
        following.withdraw(filing, access=request.access, by=devices.actor(request), at=timezone.now())
        messages.success(request, _("Votre demande est retirée. Vous pourrez la refaire quand vous voudrez."))
    except NotPossible:
        messages.warning(request, _("Nous avons répondu entre-temps. Lisez la réponse."))
    return redirect("filings:filing", filing.public_id)


@require_POST
@acting_on_sent
def hurry(request: FamilyRequest, filing: Filing) -> HttpResponse:
    try:
        following.hurry(filing, access=request.access, by=devices.actor(request), at=timezone.now())
        messages.success(request, _("C’est noté : votre demande passe en premier."))
    except following.NothingToHurry:
        messages.info(request, _("Rien à relancer : le délai court encore, ou vous avez déjà relancé."))
    return redirect("filings:filing", filing.public_id)
