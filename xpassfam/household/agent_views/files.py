"""Agents find a family and open its file; the family reads in its history that they did."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from xpassfam.accounts.decorators import agent
from xpassfam.accounts.models import Account
from xpassfam.household import change_queue, files, sentences, separations
from xpassfam.household.actions.consulting import consult, note_search
from xpassfam.household.search import search
from xpassfam.journal import pages
from xpassfam.people.models import Household

RESULTS = 50
LINES = 50
LONGEST_SEARCH = 200


@agent
def find_files(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    results = search(text, size=RESULTS) if text else None
    if results:
        note_search(text, shown=len(results.rows), by=cast(Account, request.user), at=timezone.now())
    return render(request, "household/agents/files.html", {"text": text, "results": results})


@agent
def file(request: HttpRequest, public_id: str, with_contacts: bool = False) -> HttpResponse:
    """A family's file; its contacts are shown on a page of their own, which the family's history tells too."""
    household = get_object_or_404(Household, public_id=public_id)
    now = timezone.now()
    consult(household, with_contacts=with_contacts, by=cast(Account, request.user), at=now)
    before, after = (pages.Key.read(request.GET.get(name, "")) for name in ("avant", "apres"))
    page = pages.page(pages.of_file(household.public_id), pages.Wanted(), before=before, after=after, size=LINES)
    today = timezone.localdate(now)
    context = {
        "household": household,
        "address": sentences.address(household),
        "members": files.members(household, on=today),
        "acting": files.acting(household, on=today),
        "changes": change_queue.waiting_in(household, on=today),
        "parting": separations.open_in(household),
        "with_contacts": with_contacts,
        "events": [files.event(line) for line in page.lines],
        "newer": f"{request.path}?apres={page.newer}#historique" if page.newer else "",
        "older": f"{request.path}?avant={page.older}#historique" if page.older else "",
    }
    return render(request, "household/agents/file.html", context)
