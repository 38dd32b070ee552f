"""The family's first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from xpassfam.accounts import for_dashboard as accounts
from xpassfam.accounts.decorators import family
from xpassfam.documents import for_dashboard as documents
from xpassfam.entitlements import for_dashboard as entitlements
from xpassfam.filings import for_dashboard as filings
from xpassfam.household import for_dashboard as household
from xpassfam.people.access import FamilyRequest
from xpassfam.support import for_dashboard as support

# In the order of the page.
SOURCES = (filings, support, entitlements, documents, household, accounts)


@family
def home(request: FamilyRequest) -> HttpResponse:
    at = timezone.now()
    cards = [card for source in SOURCES for card in source.cards(request, at=at)]
    context = {
        "todo": [item for source in SOURCES for item in source.todo(request, at=at)],
        "greeting": [card for card in cards if card.place == "greeting"],
        "cards": [card for card in cards if card.place == "main"],
        "aside": [card for card in cards if card.place == "aside"],
    }
    return render(request, "dashboard/family/home.html", context)
