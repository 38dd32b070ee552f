"""A right is used, or given back when the decision is."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from xpassfam.entitlements import history
from xpassfam.entitlements.models import Use
from xpassfam.entitlements.published import rules_on
from xpassfam.journal.actions import Actor, write
from xpassfam.journal.kinds import Kind
from xpassfam.people.models import Household, Person
from xpassfam.ui import words


@transaction.atomic
def use(
    household: Household,
    *,
    right: str,
    person: Person | None,
    amount_cents: int | None,
    used_on: date,
    since: date,
    until: date,
    cause: str,
    reference: str,
    by: Actor,
    at: datetime,
) -> Use:
    """For a caller who holds the household. It counts for the days from `since` to `until`, both included."""
    used = Use.objects.create(
        household=household,
        person=person,
        right=right,
        amount_cents=amount_cents,
        used_on=used_on,
        since=since,
        until=until,
        cause=cause,
        reference=reference,
        recorded_at=at,
        recorded_by=by.name,
    )
    _touch(household)
    _tell(history.USED, used, by=by, at=at)
    return used


@transaction.atomic
def cancel_uses(cause: str, *, by: Actor, at: datetime) -> int:
    """What a decision granted is as if it never was; return how many. For a caller who holds the household."""
    standing = list(Use.objects.standing().filter(cause=cause).select_related("household", "person"))
    for used in standing:
        used.cancelled_at = at
        used.save(update_fields=["cancelled_at"])
        _touch(used.household)
        _tell(history.USE_CANCELLED, used, by=by, at=at)
    return len(standing)


def _touch(household: Household) -> None:
    Household.objects.filter(pk=household.pk).update(facts_version=F("facts_version") + 1)


def _tell(kind: Kind, used: Use, *, by: Actor, at: datetime) -> None:
    rule = {one.right.code: one.right for one in rules_on(used.used_on).rules}.get(used.right)
    write(
        kind,
        by=by,
        at=at,
        household=used.household.public_id,
        person=used.person.public_id if used.person else "",
        facts={
            "title": rule.title if rule else used.right,
            "amount": words.euros(used.amount_cents) if used.amount_cents is not None else "—",
            "reference": used.reference,
        },
    )
