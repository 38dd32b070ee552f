"""Certificates: codes, numbers, brackets, last days, who may have and read one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xpassfam.rules import certificates as rules
from xpassfam.rules import income
from xpassfam.rules.identifiers import ALPHABET
from xpassfam.rules.visibility import Item, Viewer

TODAY = date(2026, 11, 23)
CODES = st.builds(rules.new_code)


@given(code=CODES)
def test_a_code_is_read_as_it_was_written(code):
    written = rules.written_code(code)

    assert len(written) == 14
    assert rules.normalise_typed_code(written) == code
    assert rules.normalise_typed_code(f"  {written.lower().replace('-', ' ')}\u200b") == code
    assert rules.normalise_typed_code(written.replace("-", "\u2011")) == code


@given(code=CODES, place=st.integers(0, 11), other=st.sampled_from(ALPHABET))
def test_any_one_wrong_character_is_seen(code, place, other):
    typed = code[:place] + other + code[place + 1 :]

    assert rules.normalise_typed_code(typed) == (code if typed == code else None)


@pytest.mark.parametrize("typed", ["", "7K3Q", "\0", "O0IL-O0IL-O0IL", "2" * 13, "é" * 12, "2222-2222-222"])
def test_what_is_no_code_is_none(typed):
    assert rules.normalise_typed_code(typed) is None


def test_a_number_says_its_kind_and_year():
    assert rules.new_number("A2", on=TODAY).startswith("A2-2026-")
    assert len({rules.new_number("A2", on=TODAY) for _number in range(50)}) == 50


@pytest.mark.parametrize(
    ("cents", "bracket"),
    [
        (0, 1),
        (600_00, 1),
        (600_01, 2),
        (900_00, 2),
        (901_00, 3),
        (1200_00, 3),
        (1201_00, 4),
        (1600_00, 4),
        (1601_00, 5),
    ],
)
def test_brackets_end_with_their_limit(cents, bracket):
    assert income.bracket_of(cents, [600, 900, 1200, 1600]) == bracket


@pytest.mark.parametrize(
    ("month", "last"),
    [
        (date(2026, 10, 1), date(2027, 10, 31)),
        (date(2027, 2, 1), date(2028, 2, 29)),
        (date(2026, 12, 1), date(2027, 12, 31)),
    ],
)
def test_an_income_is_good_to_the_end_of_its_month_a_year_later(month, last):
    assert income.good_until(month, months=12) == last


def test_three_months_end_with_a_month_that_is_shorter():
    assert rules.good_for_months(3, on=date(2026, 11, 30)) == date(2027, 2, 28)


# permission, role, frozen → may certify the home's composition, what it lives on, oneself
@pytest.mark.parametrize(
    ("permission", "role", "frozen", "composition", "income", "own"),
    [
        ("all", "holder", False, True, True, True),
        ("all", "partner", False, True, True, True),
        ("all", "holder", True, False, False, True),
        ("documents", "", False, True, False, False),
        ("documents", "", True, False, False, False),
        ("requests", "", False, False, False, False),
        ("view", "dependent_child", False, False, False, True),
        ("view", "dependent_child", True, False, False, True),
        ("view", "other_adult", False, False, False, True),
    ],
)
def test_who_may_have_what(permission, role, frozen, composition, income, own):
    viewer = Viewer(1, 2, TODAY, permission=permission, role=role, is_frozen=frozen)

    assert rules.may_certify_home(viewer, Item.DOCUMENTS) is composition
    assert rules.may_certify_home(viewer, Item.INCOME) is income
    assert rules.may_certify_own(viewer) is own


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"household_id": 2, "given_to": 1, "is_own": True}, True),
        ({"household_id": 3, "given_to": 1, "is_own": False}, False),
        ({"household_id": 2, "given_to": 9, "is_own": True}, False),
        ({"household_id": 2, "given_to": 9, "is_own": False}, True),
    ],
)
def test_who_reads_one(facts, expected):
    assert rules.may_see_certificate(Viewer(1, 2, TODAY, role="holder"), Item.DOCUMENTS, **facts) is expected


def test_in_a_frozen_file_nobody_reads_what_the_other_was_given():
    viewer = Viewer(1, 2, TODAY, role="holder", is_frozen=True)

    assert not rules.may_see_certificate(viewer, Item.DOCUMENTS, household_id=2, given_to=9, is_own=False)
    assert rules.may_see_certificate(viewer, Item.DOCUMENTS, household_id=2, given_to=1, is_own=False)
