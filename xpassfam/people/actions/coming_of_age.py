"""Eighteen: what was announced, and the access that the day brings."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from xpassfam.journal.actions import Actor, write
from xpassfam.people import history
from xpassfam.people.actions import granting
from xpassfam.people.actions.holding import hold
from xpassfam.people.models import Access, MajorityNotice, Person, Residence, not_closed
from xpassfam.rules.majority import Step, births_concerned, step_on


def due(*, on: date) -> list[tuple[Person, Step]]:
    """The children of open homes of whom something is to be said that day, and was not."""
    first, last = births_concerned(on)
    said = set(MajorityNotice.objects.filter(person__birth_date__range=(first, last)).values_list("person", "step"))
    stays = Residence.objects.open_on(on).filter(not_closed(on, "household__"), role=Residence.Role.DEPENDENT_CHILD)
    children = Person.objects.filter(not_closed(on), birth_date__range=(first, last), residences__in=stays).distinct()
    steps = [(child, step_on(on, born=child.birth_date)) for child in children.order_by("pk") if child.birth_date]
    return [(child, step) for child, step in steps if step and (child.pk, str(step)) not in said]


def note(person: Person, step: Step, *, at: datetime) -> bool:
    """Say that it was said; False where another process was first."""
    _row, is_new = MajorityNotice.objects.get_or_create(person=person, step=str(step), defaults={"told_at": at})
    return is_new


def let_in(person: Person, *, by: Actor, at: datetime) -> list[Access]:
    """On the day, an adult gets to see each home where they live, as any other; never twice, never again if ended."""
    today = timezone.localdate(at)
    stays = Residence.objects.open_on(today).filter(not_closed(today, "household__"), person=person)
    given = []
    for household_id in stays.values_list("household", flat=True):
        with transaction.atomic():
            household = hold(household_id)
            write(history.CAME_OF_AGE, by=by, at=at, household=household.public_id, facts={"name": str(person)})
            if Access.objects.filter(household=household, person=person).exists():
                continue
            given.append(
                granting.give(
                    person,
                    household=household,
                    permission=Access.Permission.VIEW,
                    until=None,
                    origin=Access.Origin.MAJORITY,
                    by=by,
                    at=at,
                )
            )
    return given
