"""Majority counted from the birth date and, for queries, from the day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xpassfam.rules.ages import is_adult_on, last_birth_of_adults

DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))


@given(day=DAYS, older=st.integers(-400, 400))
def test_a_query_and_the_rule_name_the_same_adults(day, older):
    born = last_birth_of_adults(day) - timedelta(days=older)

    assert is_adult_on(day, born=born) == (born <= last_birth_of_adults(day))
