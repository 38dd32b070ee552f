"""The orders, view by view."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from xpassfam.accounts.decorators import payer
from xpassfam.accounts.models import Account
from xpassfam.payments import queue
from xpassfam.payments.actions.exporting import note_search
from xpassfam.payments.forms import FilterForm
from xpassfam.payments.models import Batch
from xpassfam.payments.queue import View

LATEST_BATCHES = 5
# Where several can be noted as paid at once.
CHOSEN_IN = (View.READY, View.EXPORTED, View.NO_ACCOUNT)


@payer
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    now, named = timezone.now(), request.GET.get("vue", "")
    view = View(named) if named in list(View) else View.READY
    form = FilterForm(request.GET, auto_id="f-%s")
    wanted = form.wanted(view)
    found = queue.listed(wanted, at=now)
    page = queue.page(found, view, request.GET.get("apres", ""))
    if wanted.text:
        note_search(wanted.text, shown=len(page.orders), by=cast(Account, request.user), at=now)
    waiting = queue.work_by_view(at=now)
    context = {
        "view": view,
        "title": queue.VIEWS[view],
        "views": [
            {"name": name, "label": label, "count": waiting.get(name), "is_here": name == view}
            for name, label in queue.VIEWS.items()
        ],
        "form": form,
        "is_narrowed": bool(wanted.text or wanted.since or wanted.until or form.errors),
        "work": queue.work_of(found),
        "orders": [] if form.errors else page.orders,
        "may_choose": view in CHOSEN_IN,
        "ready": waiting[View.READY],
        "is_first": "apres" not in request.GET,
        "start": _address(request, ""),
        "following": _address(request, page.following.public_id) if page.following else "",
        "batches": Batch.objects.order_by("-made_at", "-pk")[:LATEST_BATCHES],
    }
    return render(request, "payments/agents/orders.html", context)


def _address(request: HttpRequest, after: str) -> str:
    """The same list, from an order on."""
    query = request.GET.copy()
    query.pop("apres", None)
    if after:
        query["apres"] = after
    return f"?{query.urlencode()}"
