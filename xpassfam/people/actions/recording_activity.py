"""What somebody does becomes known."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import F

from xpassfam.journal.actions import Actor
from xpassfam.people.models import Activity, Household, Person


def record_activity(
    person: Person, *, kind: str, since: date, until: date | None = None, cause: str = "", by: Actor, at: datetime
) -> Activity:
    """For a caller who holds the household and writes the line. Every home
    where the person lives is to be asked anew."""
    _ask_anew([person])
    return Activity.objects.create(
        person=person, kind=kind, since=since, until=until, cause=cause, recorded_at=at, recorded_by=by.name
    )


def take_back(cause: str) -> None:
    """What was recorded from `cause` was not so. For a caller who holds the household and writes the line."""
    wrong = Activity.objects.filter(cause=cause)
    _ask_anew(Person.objects.filter(activities__in=wrong))
    wrong.delete()


def _ask_anew(people: Iterable[Person]) -> None:
    homes = Household.objects.filter(residences__person__in=list(people), residences__until=None)
    Household.objects.filter(pk__in=list(homes.order_by("pk").values_list("pk", flat=True))).update(
        facts_version=F("facts_version") + 1
    )
