"""What waits for agents; what an administrator may do here."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from xpassfam.accounts import for_desk as accounts
from xpassfam.accounts.decorators import staff
from xpassfam.filings import for_desk as filings
from xpassfam.help import for_desk as help_centre
from xpassfam.household import for_desk as household
from xpassfam.payments import for_desk as payments
from xpassfam.support import for_desk as support
from xpassfam.vault import scanning
from xpassfam.vault.models import Outage
from xpassfam.vault.watching import outages

# In the order of the page.
SOURCES = (filings, support, household, accounts, help_centre)
# A scanner at work takes seconds.
SCANNED_WITHIN = timedelta(minutes=10)


@staff
def home(request: HttpRequest) -> HttpResponse:
    is_agent: bool = request.user.is_agent  # type: ignore[union-attr]
    sources = (*SOURCES, payments) if request.user.is_payer else SOURCES  # type: ignore[union-attr]
    duties = [duty for source in sources for duty in source.duties()] if is_agent else []
    unscanned, since = scanning.backlog(before=timezone.now() - SCANNED_WITHIN)
    context = {
        "duties": duties,
        "is_waited_for": any(duty.count for duty in duties),
        "is_agent": is_agent,
        "store_away_since": outages().get(Outage.Part.STORE),
        "unscanned": unscanned,
        "unscanned_since": since,
    }
    return render(request, "dashboard/agents/home.html", context)
