"""One document that was given: its page, its pictures, its files. Each opening is in the history."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import family
from xpassfam.documents import serving
from xpassfam.documents.actions.consulting import note_opening
from xpassfam.documents.actions.uploading import may_send
from xpassfam.documents.attaching import attachment
from xpassfam.documents.models import NO_GOOD, Document, Opening
from xpassfam.documents.shown import shown, verdict_in_words
from xpassfam.documents.uses import uses_of
from xpassfam.people.access import FamilyRequest


@family
@require_safe
def document(request: FamilyRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    note_opening(found, Opening.Act.READ, by=devices.actor(request), at=timezone.now())
    access = request.access
    newer = found.replaced_by if found.is_replaced else None
    is_newer_theirs = newer is not None and Document.objects.visible_to(access).filter(pk=newer.pk).exists()
    uses = uses_of([found], access)[found.pk]
    context = {
        "document": found,
        "shown": shown(found, on=access.on),
        "verdict": verdict_in_words(found, is_for_family=True),
        "uses": uses,
        "again_url": next((use.again_url for use in uses if use.again_url), "") if found.verdict in NO_GOOD else "",
        "is_good": found.is_good_on(access.on),
        "leaves": serving.leaves(found),
        "parts": serving.parts(found),
        "may_renew": may_send(access) and found.may_be_renewed,
        "is_needed": found.verdict in NO_GOOD,
        "may_send": may_send(access),
        "newer_url": reverse("documents:document", args=[newer.public_id]) if newer and is_newer_theirs else "",
        "bound": serving.bound(found),
    }
    return render(request, "documents/family/document.html", context)


@family
@require_safe
def page(request: FamilyRequest, public_id: str, number: int) -> HttpResponse:
    found = _found(request, public_id)
    note_opening(found, Opening.Act.READ, by=devices.actor(request), at=timezone.now())
    return serving.picture(found, number)


@family
@require_safe
def file(request: FamilyRequest, public_id: str, number: int) -> HttpResponseBase:
    found = _found(request, public_id)
    part = serving.part_of(found, number)
    note_opening(found, Opening.Act.TAKEN, by=devices.actor(request), at=timezone.now())
    return attachment(request, part.file, name=part.name)


@family
@require_safe
def pdf(request: FamilyRequest, public_id: str) -> HttpResponseBase:
    found = _found(request, public_id)
    answer = serving.pdf(request, found, page="documents:document")
    if answer.streaming:
        note_opening(found, Opening.Act.TAKEN, by=devices.actor(request), at=timezone.now())
    return answer


def _found(request: FamilyRequest, public_id: str) -> Document:
    rows = Document.objects.visible_to(request.access).as_shown().select_related("household", "pdf")
    return get_object_or_404(rows.prefetch_related("attached__file"), public_id=public_id)
