"""Who may read a supporting document, and until when one is good."""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xpassfam.rules.visibility import (
    COUPLE_ROLES,
    ITEMS_BY_PERMISSION,
    Item,
    Situation,
    Subject,
    Viewer,
    situation_of,
    visible_items,
)

# Health is told to the person, and to whoever acts in their place; a partner and a helper are neither.
# Source: RGPD, art. 9; code civil, art. 371-1, 425.
SITUATIONS_FOR_RESTRICTED = frozenset(
    {Situation.ONESELF, Situation.CHILD, Situation.SHARED_CHILD, Situation.REPRESENTED}
)


def may_see_document(
    viewer: Viewer,
    *,
    about: Subject | None,
    household_id: int,
    given_by: int | None,
    is_restricted: bool = False,
    is_private: bool = False,
) -> bool:
    """Whether a supporting document is the viewer's to read; `about` is None for what concerns the whole home.

    As all that is filed (`visibility.may_see_filed`). What concerns the home, such as where it is, is read by who may
    handle its documents. A restricted one (a decision on a disability) is read by the person, and for a minor or
    somebody represented by those who act for them; whoever was let in to help does not. A private one, given for what
    is its filer's alone, is read by who gave it.

    Source: RGPD, art. 5.1.c, 5.1.f, 9.
    """
    if household_id != viewer.household_id:
        return False
    if given_by == viewer.person_id:
        return True
    if viewer.is_frozen or is_private:
        return False
    if about is None:
        return not is_restricted and Item.DOCUMENTS in ITEMS_BY_PERMISSION.get(viewer.permission, frozenset())
    if is_restricted and not _may_see_restricted(viewer, about):
        return False
    return Item.DOCUMENTS in visible_items(viewer, about)


def _may_see_restricted(viewer: Viewer, about: Subject) -> bool:
    situation = situation_of(viewer, about)
    acts_for_them = viewer.role in COUPLE_ROLES or viewer.represents
    return situation is Situation.ONESELF or (acts_for_them and situation in SITUATIONS_FOR_RESTRICTED)


class Lasting(StrEnum):
    """How long a kind of document is good."""

    MONTHS = "months"  # from the day it bears
    UNTIL_DAY = "until_day"  # until the next such day of the calendar
    OWN_END = "own_end"  # until the day written on it
    UNTIL_CHANGE = "until_change"  # until the family gives another
    ONCE = "once"  # for the one request it was given for
    ALWAYS = "always"


@dataclass(frozen=True)
class Validity:
    """`months`: for MONTHS, how many; for UNTIL_DAY, how many at least (a tax notice of August is not for September).

    `month`, `day`: for UNTIL_DAY, the last day on which it is good.
    """

    lasting: Lasting
    months: int = 0
    month: int = 0
    day: int = 0


def good_until(validity: Validity, *, issued_on: date, ends_on: date | None = None) -> date | None:
    """The last day on which a document that bears the day `issued_on` is good; None where there is no last day.

    Months go from date to date, to the end of the month where it has no such day: 30 November + 3 months is 28 (or
    29) February. A document may end sooner by itself, on `ends_on`, never later.
    """
    match validity.lasting:
        case Lasting.MONTHS:
            last: date | None = _months_after(issued_on, validity.months)
        case Lasting.UNTIL_DAY:
            earliest = _months_after(issued_on, validity.months)
            this_year = date(earliest.year, validity.month, validity.day)
            last = this_year if this_year >= earliest else this_year.replace(year=earliest.year + 1)
        case _:
            last = None
    return min(filter(None, (last, ends_on)), default=None)


# Days before its end on which the family is told: time to ask an office for another, then a last word.
REMINDERS = (30, 7)


def reminder_due(until: date, *, on: date) -> int | None:
    """The last of `REMINDERS` whose day has come, for a document that ends on `until`; None while none has."""
    left = (until - on).days
    return next((days for days in sorted(REMINDERS) if left <= days), None)


def _months_after(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
