from datetime import date, timedelta

import pytest

from xpassfam.rules.ages import is_adult_on, last_birth_of_adults


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 29)])
def test_the_last_birth_of_adults_parts_adults_from_minors(day):
    last = last_birth_of_adults(day)

    assert is_adult_on(day, born=last)
    assert not is_adult_on(day, born=last + timedelta(days=1))
