"""The queue, its search, and « Prendre la suivante »."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xpassfam.accounts.decorators import agent
from xpassfam.accounts.models import Account
from xpassfam.desk import counting, rows, search
from xpassfam.desk import queue as queues
from xpassfam.desk.counting import in_figures
from xpassfam.desk.forms import LONGEST_SEARCH, FilterForm
from xpassfam.filings.actions.examining import take_next
from xpassfam.household.actions.consulting import note_search


@agent
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    if text:
        return _found(request, text)
    who, today = cast(Account, request.user), timezone.localdate()
    form = FilterForm(request.GET, agent=who)
    filters = form.filters
    chosen = "" if filters else _view(request)
    found = queues.filtered(filters, who, on=today) if filters else queues.tab(chosen, who, on=today)
    page = queues.page(found, queues.Key.read(request.GET.get("apres", "")), view=chosen)
    work = queues.work_of(who, on=today, found=found)
    context = {
        "form": form,
        "tabs": _tabs(work, chosen),
        "work": {name: in_figures(count) for name, count in work.items()},
        "count": work["found"],
        "most": counting.MOST,
        "order": queues.ORDERS.get(chosen, queues.ORDERS[""]),
        "groups": rows.grouped(page.filings, on=today, view=chosen),
        "is_hurried_first": chosen == queues.FIRST,
        "is_of_silence": chosen == queues.SILENCE,
        "is_first": "apres" not in request.GET,
        "start": _address(request, None),
        "following": _address(request, page.following) if page.following else "",
        "is_filtered": bool(filters),
    }
    return render(request, "desk/queue.html", context)


@agent
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    filing = take_next(by=cast(Account, request.user), at=timezone.now())
    if filing is None:
        messages.info(request, _("Rien n’attend sans personne : chaque demande a quelqu’un qui la suit."))
        return redirect("desk:queue")
    messages.success(request, _("Cette demande est à vous."))
    return redirect("filings:agents-filing", public_id=filing.public_id)


def _found(request: HttpRequest, text: str) -> HttpResponse:
    """A search looks everywhere: what waits, and what ended."""
    who, now = cast(Account, request.user), timezone.now()
    found = search.search(text)
    note_search(text, shown=len(found.filings), by=who, at=now)
    shown = [rows.row(filing, on=timezone.localdate(now)) for filing in found.filings]
    context = {"text": text, "rows": shown, "is_all": found.is_all, "is_near": found.is_near}
    return render(request, "desk/search.html", context)


def _view(request: HttpRequest) -> str:
    asked = request.GET.get("vue", "")
    return asked if asked in queues.tabs() else queues.FIRST


def _tabs(work: Any, chosen: str) -> list[dict[str, object]]:
    return [
        {"name": name, "label": label, "count": in_figures(work[name.replace("-", "_")]), "is_here": name == chosen}
        for name, label in queues.tabs().items()
    ]


def _address(request: HttpRequest, after: queues.Key | None) -> str:
    """The same view of the queue, from a key on."""
    query = request.GET.copy()
    query.pop("apres", None)
    if after:
        query["apres"] = str(after)
    return f"?{query.urlencode()}"
