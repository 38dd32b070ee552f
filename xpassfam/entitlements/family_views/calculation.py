"""Why an answer is what it is, as a paper to keep."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from xpassfam.accounts.decorators import family
from xpassfam.entitlements.asking import ask
from xpassfam.entitlements.forms import DayForm
from xpassfam.entitlements.papers import calculation as drawn
from xpassfam.entitlements.published import NoRules, book
from xpassfam.entitlements.reading import home_of
from xpassfam.entitlements.shown import visible
from xpassfam.organisation.models import current
from xpassfam.people.access import FamilyRequest
from xpassfam.people.models import Household
from xpassfam.rules.visibility import may_see_payments


@family
@require_safe
def calculation(request: FamilyRequest, code: str) -> HttpResponse:
    """One right, for one person or the home, on a day; what the reader may not see is not there."""
    access, rules = request.access, book()
    form = DayForm(request.GET, today=access.on)
    if form.is_bound and not form.is_valid():
        raise Http404
    household = Household.objects.visible_to(access).get()
    try:
        home = home_of(household).seen_on(access.on)
        asked = ask(home, form.day, rules.on, edges=rules.edges)
    except NoRules as error:
        raise Http404 from error
    wanted = request.GET.get("personne", "")
    answer = next((one for one in visible(asked, access) if one.key == (code, wanted)), None)
    if answer is None:
        raise Http404
    hides_income = not may_see_payments(access, access.household_id)
    response = HttpResponse(drawn(answer, asked, current(), hides_income=hides_income), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="calcul-{answer.right.code}-{asked.day.isoformat()}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
