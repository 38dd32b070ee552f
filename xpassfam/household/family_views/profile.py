"""One's own data, a child's: read, with the way to change each of them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from xpassfam.accounts.decorators import family, own
from xpassfam.household.answers import answers_for
from xpassfam.household.models import Change
from xpassfam.household.standing import Subject, standing_of
from xpassfam.people.access import FamilyRequest
from xpassfam.people.models import Person
from xpassfam.rules.field_policy import Whose


@own
def profile(request: FamilyRequest) -> HttpResponse:
    access = request.access
    person = get_object_or_404(Person.objects.visible_to(access), pk=access.person_id)
    changes = list(Change.objects.visible_to(access).pending().select_related("asked_by"))
    lines = standing_of(access).lines(Subject(Whose.SELF, person), changes)
    context = {
        "person": person,
        "account": request.user,
        "identity": [line for line in lines if not line.field.is_contact],
        "contacts": [line for line in lines if line.field.is_contact],
        "answers": answers_for(access),
    }
    return render(request, "household/family/profile.html", context)


@family
def child(request: FamilyRequest, public_id: str) -> HttpResponse:
    """A minor of the home. Another adult's data are their own page, and nobody else's."""
    standing = standing_of(request.access)
    subject = standing.minor(public_id)
    if subject is None:
        raise Http404
    changes = list(Change.objects.visible_to(request.access).pending().select_related("asked_by"))
    context = {"person": subject.row, "subject": subject, "lines": standing.lines(subject, changes)}
    return render(request, "household/family/child.html", context)
