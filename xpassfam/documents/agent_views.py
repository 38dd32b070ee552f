"""An agent reads a document: the family's history says so."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import agent
from xpassfam.documents import serving
from xpassfam.documents.actions.consulting import note_opening
from xpassfam.documents.models import Document, Opening
from xpassfam.documents.shown import shown


@agent
@require_safe
def document(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _opened(request, public_id, Opening.Act.READ)
    context = {
        "document": found,
        "shown": shown(found, on=timezone.localdate()),
        "leaves": serving.leaves(found, route="documents:agents-page"),
        "parts": serving.parts(found),
    }
    return render(request, "documents/agents/document.html", context)


@agent
@require_safe
def page(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    return serving.picture(_opened(request, public_id, Opening.Act.READ), number)


@agent
@require_safe
def file(request: HttpRequest, public_id: str, number: int) -> HttpResponseBase:
    found = _opened(request, public_id, Opening.Act.TAKEN)
    return serving.attachment(serving.part_of(found, number))


def _opened(request: HttpRequest, public_id: str, act: Opening.Act) -> Document:
    rows = Document.objects.select_related("person", "given_by", "household").prefetch_related("attached__file")
    found = get_object_or_404(rows, public_id=public_id)
    note_opening(found, act, by=devices.actor(request), at=timezone.now())
    return found
