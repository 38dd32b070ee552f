"""What is worth a line once, not each time: a page read again within the hour."""

from datetime import datetime, timedelta

from django.db import transaction

from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.journal.chain import scope_of
from xpassfam.journal.kinds import Kind
from xpassfam.journal.models import Head, Line

ONCE_AN = timedelta(hours=1)


def note(
    kind: Kind,
    *,
    by: Actor,
    at: datetime,
    household: str = "",
    account: str = "",
    person: str = "",
    facts: dict[str, Fact] | None = None,
) -> bool:
    """Write the line, unless the same actor has one of this kind in the chain from the hour before."""
    scope = scope_of(household=household, account=account)
    with transaction.atomic():
        # Of two pages opened at once, the second sees the line of the first.
        list(Head.objects.select_for_update().filter(scope=scope))
        recent = Line.objects.filter(scope=scope, actor=by.public_id, at__gt=at - ONCE_AN, kind=kind.code)
        if recent.exists():
            return False
        write(kind, by=by, at=at, household=household, account=account, person=person, facts=facts)
    return True
