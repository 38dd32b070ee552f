"""Decisions about a household come one after the other: each holds it first, then looks again."""

from django.db.models import F

from xpassfam.people.access import ActingAccess, renewed
from xpassfam.people.models import Household


class NotAllowed(Exception):
    """What was shown is no longer theirs to do: the access ended, or sharing was frozen meanwhile."""


def hold(household_id: int) -> Household:
    """The household, locked until the transaction ends; whoever compares versions learns that it was touched."""
    household = Household.objects.select_for_update(of=("self",)).get(pk=household_id)
    Household.objects.filter(pk=household_id).update(facts_version=F("facts_version") + 1)
    return household


def hold_for(access: ActingAccess, act: str) -> tuple[Household, ActingAccess]:
    """The household held, and the access as it stands now; raise NotAllowed where it no longer may."""
    household = hold(access.household_id)
    now = renewed(access)
    if now is None or not now.may(act):
        raise NotAllowed
    return household, now
