"""Who may see whom, in words a jurist can check.

One act of viewing is a person, acting for one household, on one day. The database says the same
in `visible_to` query sets; a property test compares the two.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from xpassfam.rules.ages import is_adult_on


@dataclass(frozen=True)
class Viewer:
    """A person acting for one household on a day. Whoever acts for two looks at one at a time."""

    person_id: int
    household_id: int
    on: date


@dataclass(frozen=True)
class Stay:
    """A person in a household. `until` is the first day on which the person is no longer there."""

    person_id: int
    household_id: int
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Grant:
    """A person who may act for a household. `until` is the first day on which it is no longer granted."""

    person_id: int
    household_id: int
    since: date | None = None
    until: date | None = None


def is_open(since: date | None, until: date | None, *, on: date) -> bool:
    """Whether something dated holds that day: begun (or always there), and not ended."""
    return (since is None or since <= on) and (until is None or on < until)


def may_see_household(viewer: Viewer, household_id: int) -> bool:
    """The address and the file belong to one home: only those who act for it read them.

    Source: RGPD, art. 5.1.f (a child's other parent never reads this home's address).
    """
    return household_id == viewer.household_id


def may_see_stay(viewer: Viewer, stay: Stay) -> bool:
    """Who lives in the home one acts for. Where a shared child lives besides is nobody's to read here.

    Source: code civil, art. 373-2 (each parent keeps a bond with the child).
    """
    return stay.household_id == viewer.household_id and is_open(stay.since, stay.until, on=viewer.on)


def may_see_grant(viewer: Viewer, grant: Grant) -> bool:
    """Who may act for the home one acts for: nobody opens a family's file unknown to the family.

    Source: RGPD, art. 15.1.c (recipients).
    """
    return grant.household_id == viewer.household_id and is_open(grant.since, grant.until, on=viewer.on)


def may_see_person(viewer: Viewer, person_id: int, stays: Iterable[Stay], grants: Iterable[Grant]) -> bool:
    """Oneself always; else whoever lives today in the home one acts for, or may act for it.

    A child in two homes is thus seen by both parents, and no adult by the other home. Whoever left is no
    longer seen by those who stay. `stays` and `grants` may be everybody's.

    Source: code civil, art. 372-2 (each parent acts alone for usual matters).
    """
    if person_id == viewer.person_id:
        return True
    lives_there = any(stay.person_id == person_id and may_see_stay(viewer, stay) for stay in stays)
    return lives_there or any(grant.person_id == person_id and may_see_grant(viewer, grant) for grant in grants)


def usual_permission(role: str, *, born: date | None, on: date) -> str:
    """What someone who enters a household may do there, unless the register says otherwise.

    Who holds the file and their partner do everything; another adult, a child of age too, sees; a minor has
    no access of their own. No law says so: it is this portal's choice.
    """
    if role in ("holder", "partner"):
        return "all"
    if role == "other_adult" or is_adult_on(on, born=born):
        return "view"
    return "none"
