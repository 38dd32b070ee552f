"""What waits for agents; what an administrator may do here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xpassfam.accounts import for_desk as accounts
from xpassfam.accounts.decorators import staff
from xpassfam.filings import for_desk as filings
from xpassfam.household import for_desk as household

# In the order of the page.
SOURCES = (filings, household, accounts)


@staff
def home(request: HttpRequest) -> HttpResponse:
    is_agent: bool = request.user.is_agent  # type: ignore[union-attr]
    duties = [duty for source in SOURCES for duty in source.duties()] if is_agent else []
    context = {"duties": duties, "is_waited_for": any(duty.count for duty in duties), "is_agent": is_agent}
    return render(request, "dashboard/agents/home.html", context)
