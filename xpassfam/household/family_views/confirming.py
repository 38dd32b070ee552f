"""« Tout est exact » : everything on one page, one button."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import family
from xpassfam.household import policy
from xpassfam.household.actions import confirming
from xpassfam.household.models import Change, Confirmation
from xpassfam.household.standing import Subject, standing_of
from xpassfam.people.access import FamilyRequest
from xpassfam.people.actions.holding import NotAllowed
from xpassfam.people.models import Household, Person
from xpassfam.rules.confirmations import holds_until, may_confirm_home
from xpassfam.rules.field_policy import Whose


@family
def confirm(request: FamilyRequest) -> HttpResponse:
    missing = []
    if request.method == "POST":
        try:
            confirming.confirm(request.access, by=devices.actor(request), at=timezone.now())
            messages.success(request, _("Merci. Vos informations sont confirmées."))
            return redirect("dashboard:home")
        except NotAllowed as error:
            raise Http404 from error
        except confirming.SomethingIsMissing as refusal:
            missing = refusal.lines
    context = {"groups": _groups(request), "missing": missing, "last": _last_confirmation(request)}
    return render(request, "household/family/exact.html", context)


def _groups(request: FamilyRequest) -> list[dict[str, object]]:
    """Oneself, the home, its minors: the last two for whoever may confirm them."""
    access, standing = request.access, standing_of(request.access)
    person = get_object_or_404(Person.objects.visible_to(access), pk=access.person_id)
    home = get_object_or_404(Household.objects.visible_to(access))
    changes = list(Change.objects.visible_to(access).pending().select_related("asked_by"))
    subjects = [Subject(Whose.SELF, person)]
    if may_confirm_home(access):
        subjects += [Subject(Whose.HOME, home), *standing.minors]
    return [
        {
            "title": _("Votre foyer") if subject.whose is Whose.HOME else str(subject.row),
            "person": subject.person,
            "lines": lines,
            "id": f"groupe-{number}",
        }
        for number, subject in enumerate(subjects)
        if (lines := standing.lines(subject, changes))
    ]


def _last_confirmation(request: FamilyRequest) -> dict[str, object] | None:
    """When the home was confirmed, by whom, until when it holds; one's own data for who only sees."""
    last = Confirmation.objects.visible_to(request.access).select_related("confirmed_by").order_by("-at").first()
    if last is None:
        return None
    until = holds_until(timezone.localdate(last.at), months=policy.current().months)
    return {"at": last.at, "who": last.confirmed_by, "until": until, "is_over": until <= request.access.on}
