"""Persons of the register who may be one: listed for somebody who knows, never merged."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Final

from xpassfam.jobs import bulk
from xpassfam.people.actions.staging import PERSONS
from xpassfam.people.models import Person
from xpassfam.register.models import Import, LikelyDuplicate

MOST_LISTED: Final = 200
MOST_OF_A_DAY: Final = 2000  # of one birth date: a day that fills half a register was made up
Reason = LikelyDuplicate.Reason
Pair = tuple[str, int, int]

_OPEN: Final = "{row}.register_key IS NOT NULL AND ({row}.closed_on IS NULL OR {row}.closed_on > %s)"


def find(record: Import, *, on: date) -> list[LikelyDuplicate]:
    """Pairs of open persons of which the register names one at least. Called once it is applied."""
    found: dict[tuple[int, int], str] = {}
    for pairs in (_equal("search_name", Reason.NAME, on), _equal("email", Reason.EMAIL, on), _slips(on)):
        for reason, first, second in islice(pairs, MOST_LISTED):
            found.setdefault((first, second), reason)
    listed = list(islice(found.items(), MOST_LISTED))
    persons = Person.objects.in_bulk({pk for pair, _reason in listed for pk in pair})
    return [_listed(record, persons[first], persons[second], reason) for (first, second), reason in listed]


def _equal(column: str, reason: str, on: date) -> Iterator[Pair]:
    """The same birth date and the same text of a column, which is not empty."""
    same = f"SELECT {column}, birth_date FROM people_person p WHERE birth_date IS NOT NULL AND {column} <> '' "
    same += f"AND {_OPEN.format(row='p')} GROUP BY {column}, birth_date HAVING count(*) > 1"
    statement = (
        f"SELECT a.id, min(b.id) FROM ({same}) g "
        f"JOIN people_person a ON a.{column} = g.{column} AND a.birth_date = g.birth_date "
        f"JOIN people_person b ON b.{column} = g.{column} AND b.birth_date = g.birth_date AND b.id > a.id "
        f"LEFT JOIN {PERSONS.name} sa ON sa.register_key = a.register_key "
        f"LEFT JOIN {PERSONS.name} sb ON sb.register_key = b.register_key "
        f"WHERE {_OPEN.format(row='a')} AND {_OPEN.format(row='b')} "
        "AND (sa.place IS NOT NULL OR sb.place IS NOT NULL) GROUP BY a.id ORDER BY a.id"
    )
    for rows in bulk.stream(statement, [on, on, on]):
        yield from ((reason, first, second) for first, second in rows)


def _slips(on: date) -> Iterator[Pair]:
    """One letter more, less, other, or two swapped; not between persons of one home, who may be twins."""
    statement = (
        "SELECT p.birth_date, p.id, p.search_name FROM people_person p WHERE p.birth_date IN "
        f"(SELECT birth_date FROM {PERSONS.name}) AND {_OPEN.format(row='p')} ORDER BY p.birth_date, p.id"
    )
    day: object = None
    names: dict[str, tuple[int, str]] = {}
    count = 0
    for rows in bulk.stream(statement, [on]):
        for birth_date, pk, name in rows:
            if birth_date != day:
                day, names, count = birth_date, {}, 0
            count += 1
            if count > MOST_OF_A_DAY:
                continue
            for variant in shortened(name):
                other, other_name = names.setdefault(variant, (pk, name))
                if other != pk and other_name != name:
                    if not _live_together(other, pk):
                        yield Reason.SLIP, other, pk
                    break


def shortened(name: str) -> set[str]:
    """A name without one of its letters, each in turn: two names that are a slip apart have one of these in common."""
    return {name, *(name[:place] + name[place + 1 :] for place in range(len(name)))}


def _live_together(first: int, second: int) -> bool:
    return bool(
        bulk.value(
            "SELECT EXISTS (SELECT 1 FROM people_residence a JOIN people_residence b "
            "ON b.household_id = a.household_id WHERE a.person_id = %s AND b.person_id = %s)",
            [first, second],
        )
    )


def _listed(record: Import, first: Person, second: Person, reason: str) -> LikelyDuplicate:
    return LikelyDuplicate(
        of=record,
        reason=reason,
        first_key=first.register_key or "",
        second_key=second.register_key or "",
        first_name=f"{first.first_names} {first.last_name}"[:250],
        second_name=f"{second.first_names} {second.last_name}"[:250],
        birth_date=first.birth_date,
    )
