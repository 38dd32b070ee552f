"""Agents' search in a register of a million: by number as in a small one, by name within what nobody notices."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median
from time import perf_counter

from django.conf import settings
from django.db import connection

from benchmarks import figures
from benchmarks.effort import Effort
from benchmarks.figures import Figure
from benchmarks.server import Servers
from xpassfam.people.actions.naming import make_findable
from xpassfam.people.models import Person
from xpassfam.people.searching import find
from xpassfam.rules.identifiers import fold

SMALL = 1000
SIZE = 50
MOST = 1.3
MOST_MS = 150
BATCH = 10_000
# What agents type: spelt right, in the other order, with a slip in each, the beginning only, a birth date besides.
BY_NAME = ("camille martin", "martin camille", "camile martn", "mart", "martin 12/04/1988")
BY_NUMBER = ("ESF-2000-000500-K", "06 39 98 05 00", "personne500@example.org")


def measure(effort: Effort, servers: Servers) -> Iterator[Figure]:
    register(0, SMALL)
    small = {typed: _median_ms(typed, effort) for typed in BY_NUMBER}
    began = perf_counter()
    register(SMALL, effort.persons)
    indexed = effort.persons - SMALL
    detail = f"{indexed / (perf_counter() - began):.0f} persons a second, written and made findable"
    yield Figure("search", f"{indexed} persons", "", detail=detail)
    for typed in BY_NUMBER:
        large = _median_ms(typed, effort)
        made_of = f"{large:.2f} and {small[typed]:.2f} ms"
        name = f"« {typed[:12]} », {effort.persons} persons : {SMALL}"
        yield figures.at_most("search", name, large / small[typed], MOST, detail=made_of)
    for typed in BY_NAME:
        found = find(typed, size=SIZE)
        detail = f"{len(found.persons)}{'' if found.is_all else '+'} found"
        yield figures.at_most("search", f"« {typed} », ms", _median_ms(typed, effort), MOST_MS, detail=detail)


def _median_ms(typed: str, effort: Effort) -> float:
    find(typed, size=SIZE)
    times = []
    for _ in range(min(effort.repeats, 30)):
        began = perf_counter()
        find(typed, size=SIZE)
        times.append(perf_counter() - began)
    return median(times) * 1000


def register(first: int, last: int) -> None:
    """Names as they come in France: a few very common, thousands rare."""
    text = (settings.ROOT / "xpassfam" / "rules" / "data" / "french-names.txt").read_text(encoding="utf-8")
    names = [name.capitalize() for name in text.split() if name.isalpha()]
    dice = random.Random(2026 + first)  # noqa: S311 - invented families, not a secret
    dice.shuffle(names)
    last_names, first_names = ["Martin", *names[2000:]], ["Camille", *names[:2000]]
    for start in range(first, last, BATCH):
        Person.objects.bulk_create(
            _person(number, dice, first_names, last_names) for number in range(start, min(start + BATCH, last))
        )
    while make_findable(most=BATCH):
        pass
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _person(number: int, dice: random.Random, first_names: list[str], last_names: list[str]) -> Person:
    # The most common are two in a hundred, more than in France; most are rare.
    first_name = first_names[int(len(first_names) * dice.random() ** 2)]
    last_name = last_names[int(len(last_names) * dice.random() ** 2)]
    return Person(
        first_names=first_name,
        last_name=last_name,
        search_name=fold(f"{first_name} {last_name}"),
        birth_date=date(1940, 1, 1) + timedelta(days=dice.randrange(30_000)),
        member_number=f"ESF-2000-{number:06}-K",
        email=f"personne{number}@example.org",
        phone=f"+336{number + 39980000:08}"[:12],
    )
