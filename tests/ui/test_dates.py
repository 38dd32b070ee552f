from datetime import date

import pytest
from django.core.exceptions import ValidationError

from xpassfam.ui.forms import DateField

THIRD_OF_MARCH = date(1988, 3, 3)


@pytest.mark.parametrize(
    "typed",
    [
        ["3", "3", "1988"],
        [" 03 ", "03", "1988 "],
        ["3", "mars", "1988"],
        ["3", "Mars", "1988"],
        ["3 mars 1988", "", ""],
        ["", "3 mars 1988", ""],
        ["03/03/1988", "", ""],
        ["3.3.1988", "", ""],
        ["", "", "1988-03-03"],
        ["3\u00a0mars\u202f1988", "", ""],
    ],
)
def test_a_date_is_understood_as_people_write_it(typed):
    assert DateField().clean(typed) == THIRD_OF_MARCH


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["1er août 1990", "", ""], date(1990, 8, 1)),
        (["14", "févr.", "1990"], date(1990, 2, 14)),
        (["14", "FÉVRIER", "1990"], date(1990, 2, 14)),
        (["25", "December", "2019"], date(2019, 12, 25)),
        (["29", "2", "2024"], date(2024, 2, 29)),
    ],
)
def test_months_have_names(typed, expected):
    assert DateField().clean(typed) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (["", "", ""], "required"),
        (["3", "3", ""], "missing_year"),
        (["3", "", "1988"], "missing_month"),
        (["", "3", "1988"], "missing_day"),
        (["3", "3", "88"], "short_year"),
        (["3/3/88", "", ""], "short_year"),
        (["3", "3", "19888"], "short_year"),
        (["3", "3", "0988"], "short_year"),
        (["32", "3", "1988"], "day"),
        (["0", "3", "1988"], "day"),
        (["3", "13", "1988"], "month"),
        (["3", "mras", "1988"], "month"),
        (["31", "4", "1988"], "no_such_day"),
        (["29", "2", "2023"], "no_such_day"),
        (["²", "3", "1988"], "day"),
    ],
)
def test_each_slip_has_its_own_words(typed, code):
    with pytest.raises(ValidationError) as refusal:
        DateField().clean(typed)

    assert [error.code for error in refusal.value.error_list] == [code]


def test_all_that_is_missing_is_said_at_once():
    with pytest.raises(ValidationError) as refusal:
        DateField().clean(["3", "", ""])

    assert [error.code for error in refusal.value.error_list] == ["missing_month", "missing_year"]


def test_an_optional_date_may_be_left_out():
    assert DateField(required=False).clean(["", "", ""]) is None
