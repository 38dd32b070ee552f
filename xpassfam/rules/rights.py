"""Who reads what of a family's rights, and of what decided them."""

from collections.abc import Collection
from datetime import date, timedelta

from xpassfam.rules.visibility import ACTS_BY_PERMISSION, Viewer

NOTICES = (30, 7)  # days before a right opens or closes


def may_see_right(viewer: Viewer, *, person_id: int | None, household_id: int) -> bool:
    """Whether the answer of a right is the viewer's to read; `person_id` is None for the home's.

    One's own always; the others for who may do everything in the file: an answer tells what a home lives on.
    A declared separation leaves each of the couple the rights of the home and of its children.

    Source: RGPD, art. 5.1.c, 15; code civil, art. 371-1.
    """
    if household_id != viewer.household_id:
        return False
    if person_id is not None and person_id == viewer.person_id:
        return True
    return "grant" in ACTS_BY_PERMISSION.get(viewer.permission, frozenset())


def notice_due(change: date, *, on: date) -> int | None:
    """The last of `NOTICES` whose day has come, for a change of that day; None before them all, and once it is there.

    Source: règlement des aides, article 5 (families are told in time).
    """
    left = (change - on).days
    return next((days for days in sorted(NOTICES) if 0 < left <= days), None)


def next_notice(change: date, *, on: date, told: Collection[int]) -> date | None:
    """The day on which a family is told of that change, today or later; None where nothing is left to tell.

    What an outage let pass is told late, once.
    """
    due = notice_due(change, on=on)
    if due and not any(step <= due for step in told):
        return on
    later = [change - timedelta(days=days) for days in NOTICES if change - timedelta(days=days) > on]
    return min(later, default=None)
