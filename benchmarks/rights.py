"""Every right of every home of a register, as the worker counts them, over hand-written SQL of the same criteria."""

import gc
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from time import perf_counter
from typing import Final

from django.db import connection

from benchmarks import figures
from benchmarks.effort import Effort
from benchmarks.figures import Figure
from benchmarks.history import _megabytes
from benchmarks.server import Servers
from xpassfam.entitlements import shipped
from xpassfam.entitlements.actions import publish_right, publish_vocabulary
from xpassfam.entitlements.asking import judge_all
from xpassfam.entitlements.published import rules_on
from xpassfam.entitlements.reading import homes_of
from xpassfam.journal.actions import Actor
from xpassfam.people.models import Activity, Household, Income, Person, Residence

DAY = date(2026, 11, 23)
MONTH = date(2026, 9, 1)
BLOCK: Final = 500
# Beside one statement in C that knows these twelve rights, and them alone: explained, dated, written by anybody.
MOST_TIMES = 60
MOST_MB = 30
_numbers = count(1)

# An age of n on a day: born n years before it, or earlier. No document was given and nothing used yet.
RIVAL = """
WITH home AS (
    SELECT h.id, i.quotient_cents AS q,
        (SELECT count(*) FROM people_residence r WHERE r.household_id = h.id AND r.role <> 'dependent_child') AS adults,
        (SELECT count(*) FROM people_residence r JOIN people_activity a ON a.person_id = r.person_id
            WHERE r.household_id = h.id AND r.role IN ('holder', 'partner')
            AND a.kind IN ('employed', 'training', 'job_seeking')) AS working
    FROM people_household h LEFT JOIN people_income i ON i.household_id = h.id AND i.month BETWEEN '2025-11-01'
        AND '2026-11-23'
    WHERE h.name = 'Foyer des droits'
), child AS (
    SELECT home.*, p.birth_date AS b FROM home JOIN people_residence r ON r.household_id = home.id
        AND r.role = 'dependent_child' JOIN people_person p ON p.id = r.person_id
), minors AS (
    SELECT id, adults, min(q) AS q, sum(CASE WHEN b > '2008-11-23' THEN 1 ELSE 0 END) AS minor,
        sum(CASE WHEN b > '2006-11-23' THEN 1 ELSE 0 END) AS dependent
    FROM child GROUP BY id, adults
)
SELECT
    (SELECT count(*) FROM minors WHERE dependent > 0),
    (SELECT count(*) FROM child WHERE b > '2006-11-23' AND b > '2007-12-31' AND b <= '2020-12-31' AND q <= 120000
        AND b > '2010-11-23'),
    (SELECT count(*) FROM child WHERE b > '2006-11-23' AND b > '2009-12-31'),
    (SELECT count(*) FROM child WHERE b > '2020-11-23' AND q <= 160000 AND working = adults),
    (SELECT count(*) FROM child WHERE b > '2008-11-23' AND b <= '2023-11-23' AND q <= 160000),
    (SELECT count(*) FROM child WHERE b > '2008-11-23' AND b <= '2020-11-23' AND q <= 120000),
    (SELECT count(*) FROM child WHERE b > '2006-11-23' AND b <= '2020-11-23'),
    (SELECT count(*) FROM minors WHERE minor >= 3),
    (SELECT count(*) FROM minors WHERE adults <= 1 AND dependent > 0 AND q <= 90000)
"""
COUNTED = ("R01", "R02", "R03", "R04", "R05", "R06", "R07", "R09", "R10")


def measure(effort: Effort, servers: Servers) -> Iterator[Figure]:
    by, at = Actor(kind="system", name="benchmarks"), datetime.now(UTC)
    publish_vocabulary(shipped.VOCABULARY.read_text(encoding="utf-8"), by=by, at=at)
    for path in shipped.rights():
        publish_right(path.read_text(encoding="utf-8"), by=by, at=at)
    began = perf_counter()
    _register(effort.homes)
    yield Figure("rights", f"{effort.homes} homes", "", detail=f"written in {perf_counter() - began:.0f} s")
    ours, rival = _timed(_ours), _timed(_theirs)
    if ours[0] != rival[0]:
        raise ValueError(f"the two do not agree: {ours[0]}, {rival[0]}")
    detail = f"{effort.homes / ours[1]:.0f} homes a second over {effort.homes / rival[1]:.0f}"
    yield figures.at_most("rights", "time ÷ hand-written SQL’s", ours[1] / rival[1], MOST_TIMES, detail=detail)
    yield figures.at_most("rights", "memory, MB more", ours[2], MOST_MB, detail=f"{BLOCK} homes at a time")


def _timed(step: object) -> tuple[dict[str, int], float, float]:
    """What it counts, its shortest time of two, and by how much the process grew the second time."""
    assert callable(step)
    times = []
    for _ in range(2):
        gc.collect()
        before, began = _megabytes("VmRSS"), perf_counter()
        counted = step()
        times.append(perf_counter() - began)
    return counted, min(times), max(0.0, _megabytes("VmRSS") - before)


def _ours() -> dict[str, int]:
    rules = rules_on(DAY)
    counted: Counter[str] = Counter()
    last = 0
    mine = Household.objects.filter(name="Foyer des droits").order_by("pk")
    while block := list(mine.filter(pk__gt=last)[:BLOCK]):
        for home in homes_of(block).values():
            judged = judge_all(home, DAY, rules)
            counted.update(code for (code, _person), found in judged.items() if found[2].verdict == "yes")
        last = block[-1].pk
    return {code: counted[code] for code in COUNTED}


def _theirs() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(RIVAL)
        return dict(zip(COUNTED, cursor.fetchone(), strict=True))


def _register(homes: int) -> None:
    """Families as they come: one adult or two, none to four children of any age, an income for nine in ten."""
    luck = random.Random(7)  # noqa: S311
    for first in range(0, homes, 2000):
        _some(min(2000, homes - first), luck)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _some(homes: int, luck: random.Random) -> None:
    made = Household.objects.bulk_create(
        Household(name="Foyer des droits", file_number=f"DR-{next(_numbers):06}") for _ in range(homes)
    )
    persons: list[Person] = []
    places: list[tuple[Household, str, int]] = []
    for household in made:
        roles = ["holder", "partner"][: luck.choice((1, 2, 2))] + ["dependent_child"] * luck.choice(
            (0, 1, 1, 2, 2, 3, 4)
        )
        for rank, role in enumerate(roles, start=1):
            year = luck.randint(2001, 2025) if role == "dependent_child" else luck.randint(1970, 1999)
            born = date(year, luck.randint(1, 12), luck.randint(1, 28))
            persons.append(Person(first_names="Camille", last_name="Martin", birth_date=born, search_name="camille"))
            places.append((household, role, rank))
    Person.objects.bulk_create(persons)
    pairs = list(zip(places, persons, strict=True))
    Residence.objects.bulk_create(
        Residence(household=home, person=person, role=role, rank=rank) for (home, role, rank), person in pairs
    )
    at = datetime.now(UTC)
    Income.objects.bulk_create(
        Income(household=home, month=MONTH, quotient_cents=luck.randint(100, 2500) * 100, source="caf", recorded_at=at)
        for home in made
        if luck.random() < 0.9
    )
    kinds = ("employed", "employed", "employed", "job_seeking", "training", "at_home", "retired")
    Activity.objects.bulk_create(
        Activity(person=person, kind=luck.choice(kinds), since=date(2020, 1, 1), recorded_at=at)
        for (_home, role, _rank), person in pairs
        if role != "dependent_child"
    )
