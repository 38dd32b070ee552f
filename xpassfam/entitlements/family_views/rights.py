"""What a family may claim, today or another day, and the same for its own programs."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xpassfam.accounts.decorators import family
from xpassfam.entitlements.asking import Asked, ask
from xpassfam.entitlements.forms import DayForm
from xpassfam.entitlements.published import NoRules, book
from xpassfam.entitlements.reading import home_of
from xpassfam.entitlements.shown import income_shown, people_of, rights_shown, visible
from xpassfam.entitlements.soon import soon
from xpassfam.entitlements.told import as_json
from xpassfam.people.access import FamilyRequest
from xpassfam.people.models import Household
from xpassfam.rules.visibility import may_see_payments


@family
@require_safe
def rights(request: FamilyRequest) -> HttpResponse:
    access = request.access
    form = DayForm(request.GET, today=access.on)
    asked = _ask(request, form)
    if asked is None:
        return render(request, "entitlements/family/rights.html", {"form": form})
    person = request.GET.get("personne", "")
    people = people_of(asked)
    person = person if any(one.key == person for one in people) else ""
    hides_income = not may_see_payments(access, access.household_id)
    shown = rights_shown(asked, visible(asked, access, person=person), hides_income=hides_income)
    context = {
        "form": form,
        "asked": asked,
        "day": asked.day,
        "is_today": asked.day == access.on,
        "income": income_shown(asked, access),
        "soon": soon(asked, access, person=person),
        "people": people,
        "person": person,
        **{state: [one for one in shown if one.state == state] for state in ("open", "study", "closed")},
    }
    return render(request, "entitlements/family/rights.html", context, status=400 if form.errors else 200)


@family
@require_safe
def rights_json(request: FamilyRequest) -> JsonResponse:
    """The fixed point: `{"date", "rights": […]}`; 400 for a date that can't be read."""
    access = request.access
    form = DayForm(request.GET, today=access.on)
    if form.is_bound and not form.is_valid():
        return JsonResponse({"error": form.errors["date"][0]}, status=400)
    asked = _ask(request, form)
    hides_income = not may_see_payments(access, access.household_id)
    told = as_json(asked, visible(asked, access), hides_income=hides_income) if asked else []
    body: dict[str, Any] = {"date": form.day.isoformat(), "rights": told}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _ask(request: FamilyRequest, form: DayForm) -> Asked | None:
    """None where no rule is published."""
    household = Household.objects.visible_to(request.access).get()
    rules = book()
    try:
        home = home_of(household).seen_on(request.access.on)
        return ask(home, form.day, rules.on, edges=rules.edges)
    except NoRules:
        return None
