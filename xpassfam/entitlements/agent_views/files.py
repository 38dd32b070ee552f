"""A family's rights as its agents see them, today or on another day; the family reads that its file was opened."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xpassfam.accounts.decorators import agent
from xpassfam.accounts.models import Account
from xpassfam.entitlements.asking import ask
from xpassfam.entitlements.for_agents import all_told
from xpassfam.entitlements.forms import DayForm
from xpassfam.entitlements.published import NoRules, book
from xpassfam.entitlements.reading import home_of
from xpassfam.household.actions.consulting import consult
from xpassfam.people.models import Household


@agent
@require_safe
def rights(request: HttpRequest, public_id: str) -> HttpResponse:
    household = get_object_or_404(Household, public_id=public_id)
    now = timezone.now()
    consult(household, by=cast(Account, request.user), at=now)
    today = timezone.localdate(now)
    form = DayForm(request.GET, today=today)
    form.fields["date"].label = _("Droits au")
    day = form.day
    rules = book()
    try:
        asked = ask(home_of(household), day, rules.on, edges=rules.edges)
    except NoRules:
        asked = None
    context = {
        "household": household,
        "form": form,
        "day": day,
        "is_today": day == today,
        "rights": all_told(asked) if asked else [],
        "bracket": asked.situation.bracket if asked else "",
        "earning": asked.home.earning_on(day) if asked else None,
    }
    return render(request, "entitlements/agents/file.html", context, status=400 if form.errors else 200)
