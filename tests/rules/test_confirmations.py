"""Until when « Tout est exact » holds: cases to read one by one."""

from datetime import date

import pytest

from xpassfam.rules.confirmations import holds_until, is_due


@pytest.mark.parametrize(
    ("confirmed", "months", "until"),
    [
        (date(2026, 11, 23), 12, date(2027, 11, 23)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 36, date(2029, 12, 31)),
        (date(2026, 8, 31), None, date(2026, 9, 1)),
        (date(2026, 9, 1), None, date(2027, 9, 1)),
        (date(2026, 1, 1), None, date(2026, 9, 1)),
    ],
)
def test_a_confirmation_holds_until_a_day(confirmed, months, until):
    assert holds_until(confirmed, months=months) == until


def test_it_is_due_from_that_very_day_and_when_it_was_never_made():
    assert is_due(None, months=12, on=date(2026, 11, 23))
    assert not is_due(date(2026, 11, 23), months=3, on=date(2027, 2, 22))
    assert is_due(date(2026, 11, 23), months=3, on=date(2027, 2, 23))
