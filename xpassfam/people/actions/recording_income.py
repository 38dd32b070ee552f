"""An income that was proved becomes the home's."""

from datetime import date, datetime

from django.db.models import F

from xpassfam.journal.actions import Actor
from xpassfam.people.models import Household, Income


def record(
    household: Household, *, quotient_cents: int, month: date, source: str, cause: str, by: Actor, at: datetime
) -> Income:
    """For a caller who holds the household and writes the line; `month` is any day of it."""
    Household.objects.filter(pk=household.pk).update(facts_version=F("facts_version") + 1)
    return Income.objects.create(
        household=household,
        quotient_cents=quotient_cents,
        month=month.replace(day=1),
        source=source,
        cause=cause,
        recorded_at=at,
        recorded_by=by.name,
    )


def take_back(household: Household, *, cause: str) -> None:
    """What was recorded from `cause` was not so. For a caller who holds the household and writes the line."""
    Household.objects.filter(pk=household.pk).update(facts_version=F("facts_version") + 1)
    Income.objects.filter(household=household, cause=cause).delete()


def latest(household_id: int) -> Income | None:
    """What stands. One query."""
    return Income.objects.filter(household=household_id).first()
