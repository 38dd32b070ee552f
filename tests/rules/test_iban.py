"""Bank accounts as they are copied. The numbers are the specimens of bank papers and of the standard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xpassfam.rules.iban import Fault, fault_of, last_characters, normalise_iban, readable_iban

SPECIMEN = "FR7630006000011234567890189"


@pytest.mark.parametrize(
    "typed",
    [
        "FR76 3000 6000 0112 3456 7890 189",
        "fr7630006000011234567890189",
        "IBAN : FR76-3000-6000-0112-3456-7890-189",
        "FR76\u00a03000\u202f6000\u00a00112 3456 7890 189\n",
    ],
)
def test_every_way_of_copying_an_account_is_the_same_account(typed):
    assert normalise_iban(typed) == SPECIMEN
    assert fault_of(normalise_iban(typed)) is None


@pytest.mark.parametrize(
    "iban",
    ["BE68539007547034", "DE89370400440532013000", "MT84MALT011000012345MTLCAST001S", "NO9386011117947"],
)
def test_accounts_of_other_countries_that_a_transfer_reaches_are_taken(iban):
    assert fault_of(iban) is None


@pytest.mark.parametrize(
    ("iban", "fault"),
    [
        ("", Fault.SHAPE),
        ("3000600001123456789018", Fault.SHAPE),
        ("DZ580002100001113000000570", Fault.COUNTRY),
        (SPECIMEN[:-1], Fault.LENGTH),
        (SPECIMEN[:-1] + "8", Fault.CHECK),
        ("FR0000000000000000000000000", Fault.CHECK),
    ],
)
def test_what_is_wrong_is_told(iban, fault):
    assert fault_of(iban) is fault


@given(st.integers(4, 26), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_seen(place, digit):
    typed = SPECIMEN[:place] + digit + SPECIMEN[place + 1 :]
    assert (fault_of(typed) is None) == (typed == SPECIMEN)


@given(st.integers(4, 25))
def test_two_neighbours_swapped_are_seen(place):
    typed = SPECIMEN[:place] + SPECIMEN[place + 1] + SPECIMEN[place] + SPECIMEN[place + 2 :]
    assert (fault_of(typed) is None) == (typed == SPECIMEN)


def test_it_is_read_by_fours_and_shown_by_its_end():
    assert readable_iban(SPECIMEN) == "FR76 3000 6000 0112 3456 7890 189"
    assert last_characters(SPECIMEN) == "0189"
