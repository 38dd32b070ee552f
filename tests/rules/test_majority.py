from datetime import date, timedelta

import pytest

from xpassfam.rules.ages import age_on
from xpassfam.rules.majority import Step, births_concerned, majority_on, step_on

BORN = date(2008, 11, 25)
DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("left", "step"),
    [
        (31, None),
        (30, Step.MONTH),
        (8, Step.MONTH),
        (7, Step.WEEK),
        (1, Step.WEEK),
        (0, Step.DAY),
        (-1, Step.DAY),
        (-29, Step.DAY),
        (-30, None),
    ],
)
def test_it_is_said_a_month_and_a_week_before_and_on_the_day(left, step):
    assert step_on(DAY - timedelta(days=left), born=BORN) == step


def test_who_was_born_on_29_february_comes_of_age_when_the_age_says_so():
    born = date(2008, 2, 29)

    assert majority_on(born) == date(2026, 3, 1)
    assert age_on(date(2026, 2, 28), born=born) == 17
    assert age_on(date(2026, 3, 1), born=born) == 18


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2028, 2, 29), date(2026, 1, 1), date(2026, 12, 31)])
def test_nobody_who_has_a_step_is_left_out_of_the_search(day):
    first, last = births_concerned(day)
    births = [day.replace(year=day.year - 18, day=1) + timedelta(days=n) for n in range(-80, 81)]

    assert [born for born in births if step_on(day, born=born) and not first <= born <= last] == []
