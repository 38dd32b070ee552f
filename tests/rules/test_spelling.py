"""Names spelt nearly right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xpassfam.rules.spelling import (
    BEGINNING,
    EXACT,
    SLIP,
    closeness,
    is_one_slip,
    keys_of,
    keys_of_typed,
    typed_words,
    words_of,
)

WORDS = st.text(alphabet="abcdefghij", min_size=4, max_size=12)


@pytest.mark.parametrize(
    ("typed", "known", "how"),
    [
        ("martin", "martin", EXACT),
        ("mart", "martin", BEGINNING),
        ("ma", "martin", None),
        ("matrin", "martin", SLIP),  # swapped
        ("martn", "martin", SLIP),  # forgotten
        ("marttin", "martin", SLIP),  # added
        ("mardin", "martin", SLIP),  # changed
        ("artin", "martin", SLIP),
        ("martinn", "martin", SLIP),
        ("mrdin", "martin", None),  # two slips
        ("lea", "lia", None),  # too short: two names
        ("le", "lee", None),
        ("jean", "jane", None),
        ("goff", "gof", SLIP),
    ],
)
def test_how_near_a_typed_word_is(typed, known, how):
    assert closeness(typed, known) == how


@given(word=WORDS, data=st.data())
def test_any_single_slip_is_seen_and_shares_a_key(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijz"))
    slips = [
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    ]
    for slip in slips:
        assert slip == word or is_one_slip(slip, word), slip
        assert keys_of(word) & keys_of_typed(slip), slip


@given(word=WORDS, other=WORDS)
def test_a_slip_is_the_same_both_ways(word, other):
    assert is_one_slip(word, other) == is_one_slip(other, word)


@given(word=st.text(alphabet="abc", min_size=3, max_size=12), size=st.integers(3, 12))
def test_a_beginning_shares_a_key(word, size):
    assert keys_of(word) & keys_of_typed(word[:size])


def test_a_name_is_found_by_its_words_and_by_its_words_in_one():
    assert words_of("Jean-Luc, Marie", "Le Goff") == {
        "jean", "luc", "marie", "jeanluc", "lucmarie", "jeanlucmarie", "le", "goff", "legoff",
    }  # fmt: skip
    assert {"d", "arc", "darc"} <= words_of("Jeanne", "d’Arc")


def test_particles_are_not_asked_for_but_alone():
    assert typed_words("Anne de la Tour", most=5) == ["anne", "tour"]
    assert typed_words("Lê", most=5) == ["le"]
    assert typed_words("a b c d e f g", most=3) == ["a", "b", "c"]
