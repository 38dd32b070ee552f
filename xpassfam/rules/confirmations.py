"""How long « Tout est exact » holds."""

from datetime import date

from xpassfam.rules.time_limits import add_months
from xpassfam.rules.visibility import COUPLE_ROLES, Viewer, may

SEPTEMBER = 9


def holds_until(confirmed_on: date, *, months: int | None) -> date:
    """The first day on which data must be confirmed again: so many calendar months later, the last day of a
    shorter month where it has no such day; without months, the next first of September, when school begins.

    Source: none in law; the choice of each organisation, within RGPD, art. 5.1.d (data kept accurate).
    """
    if months is None:
        begins = date(confirmed_on.year, SEPTEMBER, 1)
        return begins if confirmed_on < begins else date(confirmed_on.year + 1, SEPTEMBER, 1)
    return add_months(confirmed_on, months)


def may_confirm_home(viewer: Viewer) -> bool:
    """A home's data is confirmed by its holder, its partner or a guardian: a helper does not know what is exact.

    Source: code civil, art. 220, 515-4, 475; 1984 (a mandate is what was given, no more).
    """
    return may(viewer, "change") and (viewer.role in COUPLE_ROLES or viewer.represents)


def is_due(confirmed_on: date | None, *, months: int | None, on: date) -> bool:
    return confirmed_on is None or holds_until(confirmed_on, months=months) <= on
