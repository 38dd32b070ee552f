import pytest
from hypothesis import given
from hypothesis import strategies as st

from xpassfam.rules.identifiers import member_check

numbers = st.text("0123456789", min_size=10, max_size=10)


def test_the_letter_is_computed_from_year_and_number():
    assert member_check("2019004812") == "K"


@given(numbers, st.integers(0, 9), st.integers(1, 9))
def test_any_wrong_digit_changes_the_letter(number, place, shift):
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]

    assert member_check(wrong) != member_check(number)


@given(numbers, st.integers(0, 8))
def test_two_neighbours_swapped_change_the_letter(number, place):
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if wrong == number:
        return

    assert member_check(wrong) != member_check(number)


@pytest.mark.parametrize("digits", ["2019", "4"])
def test_the_letter_never_looks_like_a_digit(digits):
    assert member_check(digits) not in "IOU"
