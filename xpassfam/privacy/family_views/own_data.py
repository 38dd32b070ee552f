"""« Mes données »: what is held, why, how long, who sees it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from xpassfam.accounts.decorators import own
from xpassfam.people.access import FamilyRequest
from xpassfam.privacy import sources


@own
@require_safe
def own_data(request: FamilyRequest) -> HttpResponse:
    account = request.user
    accesses = sources.accesses_of(account, at=timezone.now())  # type: ignore[arg-type]
    context = {
        "held": sources.held(account, accesses),  # type: ignore[arg-type]
        "closes_at": account.closes_at,  # type: ignore[union-attr]
    }
    return render(request, "privacy/family/own_data.html", context)
