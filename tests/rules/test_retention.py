from datetime import date

import pytest

from xpassfam.rules import retention
from xpassfam.rules.retention import FILE, SIGN_INS, forgotten_before


@pytest.mark.parametrize(
    ("family", "months", "today", "before"),
    [
        (SIGN_INS, 12, date(2026, 11, 24), date(2025, 12, 1)),  # at most twelve months, at least eleven
        (SIGN_INS, 12, date(2026, 12, 1), date(2025, 12, 1)),
        (SIGN_INS, 12, date(2026, 12, 31), date(2026, 1, 1)),
        (SIGN_INS, 6, date(2026, 11, 24), date(2026, 5, 1)),  # never less than the law's least
        (SIGN_INS, 36, date(2028, 2, 29), date(2025, 3, 1)),
        (FILE, 60, date(2026, 1, 15), date(2021, 2, 1)),
    ],
)
def test_words_go_a_month_at_a_time(family, months, today, before):
    assert forgotten_before(family, months=months, today=today) == before


@pytest.mark.parametrize("family", retention.FAMILIES)
def test_what_is_proposed_is_within_what_may_be_chosen(family):
    assert family.least <= family.usual <= family.most
