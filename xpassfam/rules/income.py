"""The quotient familial: how it is counted, which bracket it is in, how long it tells one."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from xpassfam.rules.time_limits import add_months

PARTS_OF_ADULTS = Fraction(2)
HALF = Fraction(1, 2)
WHOLE_PART_CHILD = 3  # the third child


def parts(children: int, *, disabled_children: int = 0) -> Fraction:
    """Shares of a home: two for a couple or for a parent alone, half a share a child, a whole one for the third, half
    a share more for each disabled child.

    Source: règlement des aides, article 2 (the way of the family funds).
    """
    third = HALF if children >= WHOLE_PART_CHILD else Fraction(0)
    return PARTS_OF_ADULTS + HALF * children + third + HALF * disabled_children


def quotient_cents(yearly_cents: int, monthly_benefits_cents: int, shares: Fraction) -> int:
    """A twelfth of the year's resources, before allowances, and the month's benefits, by share; in cents, to the
    nearest euro.

    Source: règlement des aides, article 2.
    """
    monthly = Fraction(yearly_cents, 12) + monthly_benefits_cents
    return int(monthly / shares / 100 + HALF) * 100


def good_until(month: date, *, months: int) -> date:
    """The last day on which the quotient familial of that month tells the bracket: the end of the month, so many months
    later. `month` is its first day.
    """
    return add_months(month, months + 1) - timedelta(days=1)


def bracket_of(quotient_cents: int, limits: Sequence[int]) -> int:
    """The bracket, from 1: `limits` are the highest quotients, in whole euros and rising, of all but the last.

    600 € is in the first of (600, 900), 600,01 € in the second.
    """
    return 1 + sum(quotient_cents > limit * 100 for limit in limits)


def monthly_over(quotient_cents: int, limit: int, shares: Fraction) -> int:
    """By how much the home's resources of a month are over what a limit, in whole euros, allows; in cents, rounded up
    to the euro.
    """
    over = (quotient_cents - limit * 100) * shares / 100
    return max(-(-over.numerator // over.denominator), 0) * 100
