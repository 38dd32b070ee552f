"""« Et si… »: what a change would open or close. Sent and answered, never kept; not in the address either."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from xpassfam.accounts.decorators import family
from xpassfam.entitlements.asking import asked_plainly
from xpassfam.entitlements.forms import WhatIfForm
from xpassfam.entitlements.published import NoRules, rules_on
from xpassfam.entitlements.reading import home_of
from xpassfam.entitlements.supposing import differences, may_move_change, suppose
from xpassfam.entitlements.wording.supposing import groups_of
from xpassfam.people.access import FamilyRequest
from xpassfam.people.models import Household
from xpassfam.rules.rights import may_see_right
from xpassfam.ui.forms import blank


@require_http_methods(["GET", "HEAD", "POST"])
@family
@sensitive_post_parameters()
def what_if(request: FamilyRequest) -> HttpResponse:
    """For who may read all of the home's rights: what would change tells them."""
    access = request.access
    if not may_see_right(access, person_id=None, household_id=access.household_id):
        raise Http404
    household = Household.objects.visible_to(access).get()
    try:
        rules = rules_on(access.on)
    except NoRules as error:
        raise Http404 from error
    asked = asked_plainly(home_of(household), access.on, rules)
    if request.method == "POST":
        form = WhatIfForm(request.POST, asked=asked)
    else:
        form = blank(WhatIfForm, request, asked=asked)
    context: dict[str, object] = {"form": form, "move_is_safe": not may_move_change(rules, asked.home.profile)}
    if form.is_bound and form.is_valid():
        supposed = form.supposed()
        home = suppose(asked.home, supposed, asked.day)
        context |= {
            "is_tried": not supposed.is_empty,
            "groups": groups_of(differences(asked.home, home, asked.day, rules)),
            "keeps_income": supposed.quotient_cents is None and (supposed.born or supposed.leaving),
        }
    return render(request, "entitlements/family/what_if.html", context)
