"""A register of any size, as an organisation exports it: households, persons, stays and codes in four files."""

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from xpassfam.rules.identifiers import ALPHABET, check_character, member_check

FILES = ("foyers.csv", "personnes.csv", "rattachements.csv", "codes.csv")
HEADS = (
    ("Numéro de dossier", "Nom du foyer", "Adresse", "Code postal", "Commune"),
    ("Identifiant", "Nom", "Prénoms", "Date de naissance", "Numéro d’adhérent", "E-mail", "Téléphone"),
    ("Numéro de dossier", "Identifiant", "Rôle", "Résidence alternée", "Depuis"),
    ("Identifiant", "Code d’activation"),
)
STARTS = ("Mar", "Ber", "Du", "Le", "Gau", "Rous", "Pel", "Fé", "Nguy", "Trao", "Ben", "Kla", "D’Al", "Saint-")
MIDDLES = ("ti", "na", "ran", "mo", "ché", "se", "li", "go", "ba", "ven", "tré", "ya", "ro", "ço")
ENDS = ("n", "rd", "u", "tte", "ré", "len", "x", "s", "ni", "ki", "ez", "ski", "ot", "ault")
FIRST_NAMES = ("Camille", "Karim", "Inès", "Adam", "Yann", "Maëlle", "Linh", "Aminata", "Julien", "Léa", "Odile", "Zoé")
TOWNS = (("44000", "Nantes"), ("29000", "Quimper"), ("93200", "Saint-Denis"), ("69100", "Villeurbanne"))
ROLES = ("titulaire", "conjoint", "enfant", "enfant", "enfant")
FIRST_DAY = date(1950, 1, 1)
# Blocks of numbers that the regulator keeps for fiction.
PHONES = ("019900", "026191", "035301", "046571", "053649")


def write(folder: Path, persons: int) -> list[Path]:
    """About a third as many households; one child in ten lives in two of them; each adult has a code."""
    dice = Random(2026)  # noqa: S311 - the same register each time
    paths = [folder / name for name in FILES]
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("w", encoding="utf-8", newline="")) for path in paths]
        writers = [csv.writer(file, delimiter=";") for file in files]
        for writer, head in zip(writers, HEADS, strict=True):
            writer.writerow(head)
        for which, row in _rows(persons, dice):
            writers[which].writerow(row)
    return paths


def _rows(persons: int, dice: Random) -> Iterator[tuple[int, tuple[Any, ...]]]:
    number = home = 0
    while number < persons:
        home += 1
        name = dice.choice(STARTS) + dice.choice(MIDDLES) + dice.choice(MIDDLES) + dice.choice(ENDS)
        postcode, town = dice.choice(TOWNS)
        yield 0, (f"F-{home:07}", f"Foyer {name}", f"{dice.randrange(1, 200)} rue des Lilas", postcode, town)
        for role in ROLES[: min(dice.choice((1, 2, 3, 4, 5)), persons - number)]:
            number += 1
            is_adult = role != "enfant"
            key = f"P{number:08}"
            yield (
                1,
                (key, name, f"{dice.choice(FIRST_NAMES)}, {dice.choice(FIRST_NAMES)}", *_facts(number, is_adult, dice)),
            )
            is_shared = not is_adult and home > 1 and not dice.randrange(10)
            since = "" if is_shared else f"{dice.randrange(1, 28):02}/09/{dice.randrange(2005, 2025)}"
            yield 2, (f"F-{home:07}", key, role, "oui" if is_shared else "", since)
            if is_shared:
                yield 2, (f"F-{home - 1:07}", key, role, "oui", "")
            if is_adult:
                body = "".join(dice.choices(ALPHABET, k=9))
                yield 3, (key, body + check_character(body))


def _facts(number: int, is_adult: bool, dice: Random) -> tuple[str, str, str, str]:
    born = FIRST_DAY + timedelta(days=dice.randrange(18_000) if is_adult else dice.randrange(22_000, 27_000))
    if not is_adult:
        return f"{born:%d/%m/%Y}", "", "", ""
    digits = f"{dice.randrange(1980, 2026)}{number % 10**6:06}"
    block = dice.choice(PHONES)
    phone = " ".join((block + f"{dice.randrange(10_000):04}")[n : n + 2] for n in range(0, 10, 2))
    member = f"{_letters(number // 10**6)}-{digits[:4]}-{digits[4:]}-{member_check(digits)}"
    return f"{born:%d/%m/%Y}", member, f"personne{number}@example.org", phone


def _letters(number: int) -> str:
    return "ESF" if not number else f"ES{chr(ord('G') + number)}"
