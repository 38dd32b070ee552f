"""What is worth a line once, not each time: a page read again within the hour."""

from datetime import datetime, timedelta

from django.db import transaction

from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.journal.chain import scope_of
from xpassfam.journal.kinds import Kind
from xpassfam.journal.models import Head, Line

ONCE_AN = timedelta(hours=1)


def was_noted(kind: Kind, *, by: Actor, at: datetime, household: str = "", account: str = "") -> bool:
    """Whether the same actor has a line of this kind in the chain from the hour before."""
    lines = Line.objects.filter(scope=scope_of(household=household, account=account), kind=kind.code)
    return lines.filter(actor=by.public_id, at__gt=at - ONCE_AN).exists()


def note(
    kind: Kind,
    *,
    by: Actor,
    at: datetime,
    household: str = "",
    account: str = "",
    person: str = "",
    facts: dict[str, Fact] | None = None,
) -> None:
    """Write the line, unless it `was_noted`."""
    scope = scope_of(household=household, account=account)
    with transaction.atomic():
        # Of two pages opened at once, the second sees the line of the first.
        list(Head.objects.select_for_update().filter(scope=scope))
        if not was_noted(kind, by=by, at=at, household=household, account=account):
            write(kind, by=by, at=at, household=household, account=account, person=person, facts=facts)
