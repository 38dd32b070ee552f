"""What was given: the list, one document, its pages, its files. Each opening is in the history."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import family
from xpassfam.documents import serving
from xpassfam.documents.actions.consulting import note_opening
from xpassfam.documents.actions.uploading import may_send
from xpassfam.documents.models import Document, Opening
from xpassfam.documents.shown import shown
from xpassfam.people.access import FamilyRequest

LISTED = 200


@family
@require_safe
def documents(request: FamilyRequest) -> HttpResponse:
    access = request.access
    rows = Document.objects.visible_to(access).select_related("person", "given_by").order_by("-given_at", "-pk")
    context = {
        "documents": [shown(row, on=access.on) for row in rows[:LISTED]],
        "may_give": may_send(access),
        "may_read_home": access.may("documents"),
    }
    return render(request, "documents/family/documents.html", context)


@family
@require_safe
def document(request: FamilyRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    note_opening(found, Opening.Act.READ, by=devices.actor(request), at=timezone.now())
    context = {
        "document": found,
        "shown": shown(found, on=request.access.on),
        "leaves": serving.leaves(found),
        "parts": serving.parts(found),
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
    return serving.attachment(part)


def _found(request: FamilyRequest, public_id: str) -> Document:
    rows = Document.objects.visible_to(request.access).select_related("person", "given_by", "household")
    return get_object_or_404(rows.prefetch_related("attached__file"), public_id=public_id)
