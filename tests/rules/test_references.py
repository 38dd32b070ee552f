"""References as they are read aloud, copied and mistyped."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from xpassfam.rules.identifiers import ALPHABET, check_character
from xpassfam.rules.references import near_references, new_reference, normalise_reference


@st.composite
def references(draw):
    body = draw(st.text(alphabet=ALPHABET, min_size=7, max_size=7))
    code = body + check_character("D" + body)
    return f"D-{code[:4]}-{code[4:]}"


def test_a_reference_is_short_and_holds_nothing_that_is_taken_for_something_else():
    made = {new_reference() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(rf"D-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", reference) for reference in made)
    assert not set("".join(made)) & set("ILO01UZ")


def test_two_in_a_row_tell_nothing_of_how_many_there_are():
    starts = [new_reference()[2:6] for _ in range(100)]
    assert len(set(starts)) > 90
    assert starts != sorted(starts)


@given(references(), st.sampled_from([str.lower, str.upper, str.title]), st.sampled_from(["", " ", "-", "–", "."]))
def test_case_and_dashes_do_not_matter(reference, case, separator):
    assert normalise_reference(case(reference.replace("-", separator))) == reference


@given(references())
def test_it_is_found_without_its_first_letter(reference):
    assert normalise_reference(reference.removeprefix("D-")) == reference


@given(references(), st.integers(2, 10), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_seen(reference, place, character):
    assume(reference[place] not in ("-", character))
    assert normalise_reference(reference[:place] + character + reference[place + 1 :]) is None


@given(references(), st.integers(0, 7))
def test_two_neighbours_swapped_are_seen(reference, place):
    code = reference.replace("-", "")
    assume(code[place] != code[place + 1])
    assert normalise_reference(code[:place] + code[place + 1] + code[place] + code[place + 2 :]) is None


@given(references(), st.data())
def test_a_letter_taken_for_another_is_read_as_it_was_meant(reference, data):
    taken_for = {"D": "O", "Q": "0", "7": "1", "J": "I", "T": "1", "V": "U", "2": "Z", "8": "0"}
    places = [place for place, character in enumerate(reference) if character in taken_for]
    place = data.draw(st.sampled_from(places))
    assert normalise_reference(reference[:place] + taken_for[reference[place]] + reference[place + 1 :]) == reference


@given(references(), st.data())
def test_what_was_meant_is_near_one_slip(reference, data):
    code = reference.replace("-", "")
    place = data.draw(st.integers(1, 8))
    character = data.draw(st.sampled_from(ALPHABET))
    swapped = code[: place - 1] + code[place] + code[place - 1] + code[place + 1 :] if place > 1 else code[1:]

    for slip in (code[:place] + character + code[place + 1 :], code[:place] + code[place + 1 :], swapped):
        assume(normalise_reference(slip) is None)
        assert reference in near_references(slip)
        assert reference in near_references(slip[1:] if slip[0] == "D" else slip)
    assert reference in near_references(code[:place] + character + code[place:])


@given(st.text(max_size=20))
def test_few_references_are_near_anything(text):
    assert len(near_references(text)) <= 30


@given(st.text(max_size=20))
def test_what_is_no_reference_is_none(text):
    found = normalise_reference(text)
    assert found is None or normalise_reference(found) == found


def test_references_of_another_kind_are_not_taken_for_these():
    other = new_reference("R")
    assert normalise_reference(other) is None
    assert normalise_reference(other, prefix="R") == other
