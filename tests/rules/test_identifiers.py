import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xpassfam.rules.identifiers import (
    ALPHABET,
    absorb,
    check_character,
    fold,
    has_check_character,
    identify,
    new_activation_code,
    new_reference,
    normalise_code,
    normalise_email,
    normalise_member_number,
)

PASTED = st.text(
    alphabet=" \t\n\r\u00a0\u202f\u2007\u3000\u200b\u200d\u200e\u2060\u2066\u2069\ufeff\u00ad\ufe0f", max_size=3
)
BODY = st.text(alphabet=ALPHABET, min_size=1, max_size=25)


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)


def strewn(draw, text: str) -> str:
    return draw(PASTED) + "".join(c + draw(PASTED) for c in text)


@st.composite
def ways_of_writing(draw, year=2019, number=4812):
    """ESF-2019-004812-K as people copy it: case, dashes, zeros, widths, invisible characters."""
    separator = draw(st.sampled_from(["-", "", " ", "‑", "–", "/", ".", "\u00a0"]))
    digits = str(number).zfill(draw(st.integers(4, 6)))
    text = separator.join(["ESF", str(year), digits, "K"])
    text = draw(st.sampled_from([text, text.lower(), text.title(), full_width(text)]))
    return strewn(draw, text)


@given(ways_of_writing())
def test_every_way_of_writing_a_member_number_is_the_same_number(text):
    assert normalise_member_number(text) == "ESF-2019-004812-K"
    assert identify(text).kind == "member_number"


@st.composite
def ways_of_writing_an_email(draw):
    text = "lea.martin@exemple.fr"
    text = draw(st.sampled_from([text, text.upper(), text.title(), full_width(text), f"mailto:{text}"]))
    text = strewn(draw, text)
    return draw(st.sampled_from([text, f"Léa Martin <{text}>", f"<{text}>", text + "."]))


@given(ways_of_writing_an_email())
def test_every_way_of_writing_an_email_is_the_same_mailbox(text):
    assert normalise_email(text) == "lea.martin@exemple.fr"
    assert identify(text).value == "lea.martin@exemple.fr"


@given(st.text(max_size=60))
def test_normal_forms_are_stable(text):
    assert absorb(absorb(text)) == absorb(text)
    assert normalise_email(normalise_email(text)) == normalise_email(text)
    number = normalise_member_number(text)
    assert number is None or normalise_member_number(number) == number
    identifier = identify(text)
    assert identify(identifier.value).value == identifier.value or identifier.kind == "unknown"


@given(st.text(max_size=60))
def test_nothing_invisible_is_left(text):
    assert not any(c.isspace() or unicodedata.category(c) in {"Cf", "Cc"} for c in absorb(text))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("léa@exemple.fr", "léa@exemple.fr"),
        (unicodedata.normalize("NFD", "léa@exemple.fr"), "léa@exemple.fr"),
        ("contact@Mairie-Évry.fr", "contact@xn--mairie-vry-h7a.fr"),
        ("contact@XN--mairie-vry-h7a.fr", "contact@xn--mairie-vry-h7a.fr"),
        (unicodedata.normalize("NFD", "contact@mairie-évry.fr"), "contact@xn--mairie-vry-h7a.fr"),
        ("Prénom+Tag@exemple.fr", "prénom+tag@exemple.fr"),
        ("é" * 80 + "@" + "é" * 80 + ".fr", "é" * 80 + "@" + "é" * 80 + ".fr"),
    ],
)
def test_accents_in_an_email_have_one_form(typed, stored):
    assert normalise_email(typed) == stored


def test_a_tag_and_dots_stay_because_each_mail_server_reads_them_its_way():
    assert normalise_email("lea.martin+cse@exemple.fr") != normalise_email("leamartin@exemple.fr")


@pytest.mark.parametrize(
    ("pattern", "typed", "number"),
    [
        ("#######", "12 345", "0012345"),
        ("#######", "0012345", "0012345"),
        ("caf-####@", "CAF 12 b", "CAF-0012B"),
        ("@@/###/##", "ab 012 3", "AB/012/03"),
        ("A1-####", "a1 7", "A1-0007"),
    ],
)
def test_an_organisation_may_have_another_pattern(pattern, typed, number):
    assert normalise_member_number(typed, pattern=pattern) == number
    assert identify(typed, pattern=pattern).value == number


@pytest.mark.parametrize(
    "typed",
    ["", "ESF", "ESF-19-4812-K", "ESF-2019-0048123-K", "ESF-2019-004812", "E5F-2019-004812-K", "ЕSF-2019-004812-K"],
)
def test_what_has_not_the_pattern_is_no_member_number(typed):
    assert normalise_member_number(typed) is None


def test_the_alphabet_has_a_prime_size_and_nothing_people_confuse():
    assert len(ALPHABET) == len(set(ALPHABET)) == 29
    assert not set("01ILOUZ") & set(ALPHABET)


@given(BODY, st.data())
def test_any_one_wrong_character_is_seen(body, data):
    code = body + check_character(body)
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from(ALPHABET.replace(code[place], "")))
    assert has_check_character(code)
    assert not has_check_character(code[:place] + wrong + code[place + 1 :])


@given(BODY, st.data())
def test_any_swap_of_neighbours_is_seen(body, data):
    code = body + check_character(body)
    place = data.draw(st.integers(0, len(code) - 2))
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert has_check_character(swapped) == (swapped == code)


def test_every_slip_and_swap_in_a_code_of_the_real_length_is_seen():
    code = normalise_code("K7QF-2M9TX") + check_character("K7QF2M9TX")
    slips = [code[:i] + c + code[i + 1 :] for i in range(10) for c in ALPHABET if c != code[i]]
    swaps = [code[:i] + code[i + 1] + code[i] + code[i + 2 :] for i in range(9) if code[i] != code[i + 1]]
    assert not any(has_check_character(wrong) for wrong in slips + swaps)


@pytest.mark.parametrize("typed", ["", "X", "0000", "K7QF-2M9TX0", "é", "A" * 27, "A" * 5000])
def test_what_is_no_code_has_no_check_character(typed):
    assert not has_check_character(typed)


def test_a_foreign_character_is_never_skipped():
    with pytest.raises(ValueError, match="substring not found"):
        check_character("2019O")


def test_codes_are_made_right_and_differ():
    codes = {new_activation_code() for _ in range(500)}
    assert len(codes) == 500
    for code in codes:
        assert len(code) == 11
        assert code[4] == "-"
        assert has_check_character(code)
        assert has_check_character(code.lower().replace("-", " "))


def test_a_reference_can_be_read_back():
    for _ in range(100):
        reference = new_reference()
        assert len(reference) == 7
        assert reference.startswith("XP-")
        assert has_check_character(reference)
    assert new_reference("D").startswith("D-")


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Benoît  L’Œuvre-Légaré", "benoit l oeuvre legare"),
        ("NGUYỄN Thị Ánh", "nguyen thi anh"),
        ("Strauß", "strauss"),
        ("O'Connor", "o connor"),
        ("", ""),
    ],
)
def test_names_are_folded(name, folded):
    assert fold(name) == folded


@given(st.text(max_size=40))
def test_folding_is_stable_and_plain(text):
    assert fold(fold(text)) == fold(text)
    assert not set(fold(text)) & set(string.punctuation + string.ascii_uppercase)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_letters_go_a_shorter_way_to_the_same(text):
    """A letter of another alphabet takes the long way, and stays."""
    assert absorb(text + "\u03b1") == absorb(text) + "\u03b1"
    assert fold(text + " \u03b1") == f"{fold(text)} \u03b1".strip()


@pytest.mark.parametrize("called", ["N° ", "n°", "Nº ", "№ ", "No. ", "Numéro : "])
def test_the_word_number_before_a_member_number_is_absorbed(called):
    assert normalise_member_number(f"{called}ESF-2019-004812-K") == "ESF-2019-004812-K"
