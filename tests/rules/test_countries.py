"""Every country has its name, in French and in English, and is found by either."""

import pytest

from xpassfam.rules.countries import country_code, names


def test_all_of_iso_3166_and_kosovo():
    assert len(names("fr")) == 250
    assert set(names("fr")) == set(names("en"))
    assert all(code.isalpha() and code.isupper() and len(code) == 2 for code in names("fr"))
    assert not {"EU", "UN", "ZZ", "XA"} & set(names("fr"))


@pytest.mark.parametrize(
    ("code", "french", "english"),
    [
        ("CI", "Côte d’Ivoire", "Côte d’Ivoire"),
        ("US", "États-Unis", "United States"),
        ("UA", "Ukraine", "Ukraine"),
        ("AF", "Afghanistan", "Afghanistan"),
        ("GN", "Guinée", "Guinea"),
        ("KM", "Comores", "Comoros"),
    ],
)
def test_each_is_read_in_both_languages(code, french, english):
    assert (names("fr")[code], names("en")[code]) == (french, english)


def test_another_language_reads_french():
    assert names("br")["DE"] == "Allemagne"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Belgique", "BE"),
        ("BELGIUM", "BE"),
        ("be", "BE"),
        ("etats-unis", "US"),
        ("Cote d'Ivoire", "CI"),
        ("Birmanie", "MM"),
        ("ZZ", None),
        ("Atlantide", None),
        ("", None),
    ],
)
def test_what_people_write_finds_the_code(typed, code):
    assert country_code(typed) == code


def test_no_name_means_two_countries():
    for language in ("fr", "en"):
        assert len(set(names(language).values())) == 250
