"""The documents that wait for an agent outside of any request. Each is read, and judged, on its own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from xpassfam.accounts.decorators import agent
from xpassfam.desk import documents as waiting
from xpassfam.desk.counting import in_figures
from xpassfam.documents.models import Document
from xpassfam.rules.identifiers import is_public_id


@agent
@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    named, today = request.GET.get("apres", ""), timezone.localdate()
    after = Document.objects.filter(public_id=named).first() if is_public_id(named) else None
    page, count = waiting.page(after, on=today), waiting.waiting_count(on=today)
    context = {"page": page, "count": count, "figures": in_figures(count), "is_first": after is None}
    return render(request, "desk/documents.html", context)
