"""A short list is found by words spelt nearly right, what is called so first."""

import pytest

from xpassfam.rules.searching import best

TEXTS = (
    ("Aide à la garde", "cesu nounou", "Pour faire garder un enfant"),
    ("Pass culture et sport", "licence musée", "Une activité pour chaque enfant"),
    ("Vacances", "séjour colonie", "Une aide au départ"),
)


@pytest.mark.parametrize(
    ("searched", "places"),
    [
        ("", [0, 1, 2]),
        ("garde", [0]),
        ("grade", [0]),
        ("MUSEE", [1]),
        ("colo", [2]),
        ("aide", [0, 2]),
        ("je veux une aide pour les vacances", [2]),
        ("piscine", []),
    ],
)
def test_words_of_the_title_come_first_accents_and_slips_forgiven(searched, places):
    assert best(TEXTS, searched) == places


def test_nothing_is_found_in_nothing():
    assert best([], "garde") == []
