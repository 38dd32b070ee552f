import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xpassfam.rules.phones import is_mobile, normalise_phone, readable_phone, typed_phone

NBSP = "\u00a0"


@pytest.mark.parametrize(
    "typed",
    [
        "06 39 98 00 00",
        "0639980000",
        "06.39.98.00.00",
        "06-39-98-00-00",
        "06/39/98/00/00",
        f"06{NBSP}39{NBSP}98{NBSP}00{NBSP}00",
        " 06 39 98 00 00\u200b",
        "\u2066+33 6 39 98 00 00\u2069",
        "+33 6 39 98 00 00",
        "+33 (0)6 39 98 00 00",
        "+33 (0) 6 39 98 00 00",
        "+33 06 39 98 00 00",
        "0033 6 39 98 00 00",
        "00 33 (0)6 39 98 00 00",
        "０６３９９８００００",
        "6 39 98 00 00",
    ],
)
def test_every_french_way_of_writing_gives_one_number(typed):
    assert normalise_phone(typed) == "+33639980000"


@pytest.mark.parametrize(
    ("typed", "number", "read"),
    [
        ("02 61 91 44 00", "+33261914400", "02 61 91 44 00"),
        ("0692 12 34 56", "+262692123456", "0692 12 34 56"),
        ("06 92 12 34 56", "+262692123456", "0692 12 34 56"),
        ("+33 692 12 34 56", "+262692123456", "0692 12 34 56"),
        ("+262 692 12 34 56", "+262692123456", "0692 12 34 56"),
        ("0590 27 12 34", "+590590271234", "0590 27 12 34"),
        ("0690 27 12 34", "+590690271234", "0690 27 12 34"),
        ("0694 20 12 34", "+594694201234", "0694 20 12 34"),
        ("0696 20 12 34", "+596696201234", "0696 20 12 34"),
        ("0639 01 12 34", "+262639011234", "0639 01 12 34"),
        ("+32 470 12 34 56", "+32470123456", "+32 470 12 34 56"),
        ("0041 79 123 45 67", "+41791234567", "+41 79 123 45 67"),
    ],
)
def test_overseas_and_foreign_numbers_keep_their_country(typed, number, read):
    assert normalise_phone(typed) == number
    assert typed_phone(number) == read
    assert normalise_phone(read) == number


def test_on_a_page_a_number_stays_on_one_line():
    assert readable_phone("+33639980000") == "06\u00a039\u00a098\u00a000\u00a000"
    assert readable_phone("+32470123456") == "+32\u00a0470\u00a012\u00a034\u00a056"


@pytest.mark.parametrize(
    "typed",
    [
        *("", "   ", "+", "00", "+33", "17", "3939", "06 39 98 00", "06 39 98 00 00 00", "9" * 400),
        *(
            "0800 FAMILLE",
            "lea@exemple.fr",
            "06 39 98 00 00 poste 12",
            "06 39 98 00 00 / 06 39 98 00 01",
            "+999 123456789",
        ),
    ],
)
def test_what_can_not_be_one_number_is_refused(typed):
    assert normalise_phone(typed) is None


@given(st.text(max_size=30))
def test_no_text_makes_it_fail_and_a_number_is_already_normal(text):
    number = normalise_phone(text)
    assert number is None or normalise_phone(number) == number


@given(st.from_regex(r"[0-9+()./ -]{4,20}", fullmatch=True))
def test_what_is_read_is_what_was_typed(text):
    number = normalise_phone(text)
    assert number is None or normalise_phone(readable_phone(number)) == number


@given(st.from_regex(r"0[1-9]([ .]?[0-9]){8}", fullmatch=True))
@settings(max_examples=300)
def test_the_usual_way_to_write_gives_what_the_library_would(text):
    """A no-break space at the end takes the long way."""
    assert normalise_phone(text) == normalise_phone(text + "\u00a0")


@pytest.mark.parametrize(
    ("number", "regions", "is_one"),
    [
        ("+33639980012", {"FR"}, True),
        ("+33712345678", {"FR"}, True),
        ("+33612345678", {"BE"}, False),
        ("+33261914400", {"FR"}, False),
        ("+33899701234", {"FR"}, False),
        ("+33700123456789", {"FR"}, False),
        ("+262692123456", {"FR", "RE"}, True),
        ("+262262123456", {"FR", "RE"}, False),
        ("+590690001234", {"FR", "GP"}, True),
        ("+32470123456", {"FR"}, False),
        ("+32470123456", {"FR", "BE"}, True),
        ("+3290212345", {"BE"}, False),
        ("+881612345678", {"FR"}, False),
        ("n’importe quoi", {"FR"}, False),
    ],
)
def test_only_mobiles_of_the_countries_named_are_mobiles(number, regions, is_one):
    assert is_mobile(number, regions=regions) is is_one
