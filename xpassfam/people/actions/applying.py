"""What a register says becomes the portal's facts."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Final

from django.db import transaction
from django.utils import timezone

from xpassfam.jobs import bulk
from xpassfam.journal.actions import Actor, Entry, write_many
from xpassfam.people import history
from xpassfam.people.actions.closing import ABSENT, close_absent
from xpassfam.people.actions.correcting import hold
from xpassfam.people.actions.marks import FIRST_MARKS
from xpassfam.people.actions.recognising import recognise
from xpassfam.people.actions.run import BIT, CHANGED, ENTERED, TOUCHED, Applied, Run, words
from xpassfam.people.actions.staging import HOUSEHOLDS, PERSONS
from xpassfam.people.actions.staying import apply_stays
from xpassfam.people.models import Household, Person
from xpassfam.rules.identifiers import fold

# What was closed for being absent, and is named again, is open again.
_CLOSING: Final = {
    "closed_on": "CASE WHEN s.closed_on IS NOT NULL THEN s.closed_on "
    f"WHEN o.closed_reason = '{ABSENT}' THEN NULL ELSE o.closed_on END",
    "closed_reason": "CASE WHEN s.closed_on IS NOT NULL THEN s.closed_reason "
    f"WHEN o.closed_on IS NOT NULL AND o.closed_reason = '{ABSENT}' THEN '' ELSE o.closed_reason END",
}


def apply(*, by: Actor, at: datetime, is_whole: bool = False) -> Applied:
    """Bring the facts in step with what is staged, in one transaction; the same register twice changes nothing.

    Nothing is ever deleted. What families changed since the last file stands: see `correcting.hold`. A household
    that something touches gets one line in its history and a new
    `facts_version`. With `is_whole`, who is absent is closed.
    """
    with transaction.atomic(), bulk.scratches(ENTERED, TOUCHED):
        last_person = int(bulk.value("SELECT COALESCE(max(id), 0) FROM people_person"))
        run = Run(timezone.localdate(at), last_person)
        recognise(run)
        hold(HOUSEHOLDS.name, "household", at=at)
        hold(PERSONS.name, "person", at=at)
        _apply_households(run)
        _apply_persons(run)
        apply_stays(run)
        if is_whole:
            close_absent(run)
        _tell(by=by, at=at)
        bulk.run(f"DROP TABLE IF EXISTS {CHANGED}")
    return run.applied


def _apply_households(run: Run) -> None:
    table = Household._meta.db_table
    values = {name: f"COALESCE(s.{name}, o.{name})" for name in ("name", "address", "postcode", "town", "country")}
    source = f"{HOUSEHOLDS.name} s JOIN {table} o ON o.file_key = s.file_key"
    changed = run.change(Household, values | _CLOSING, source, homes=f"c.row_id AS home FROM {CHANGED} c WHERE TRUE")
    new = {
        "public_id": "s.public_id",
        "file_number": "s.file_number",
        "name": "COALESCE(s.name, s.file_number)",
        "address": "COALESCE(s.address, '')",
        "postcode": "COALESCE(s.postcode, '')",
        "town": "COALESCE(s.town, '')",
        "country": "COALESCE(s.country, 'FR')",
        "closed_on": "s.closed_on",
        "closed_reason": "COALESCE(s.closed_reason, '')",
    }
    missing = f"WHERE NOT EXISTS (SELECT 1 FROM {table} o WHERE o.file_key = s.file_key) ORDER BY s.place"
    created = bulk.insert_from(Household, new, f"FROM {HOUSEHOLDS.name} s {missing}")
    _count(run, "household", total=HOUSEHOLDS.count(), created=created, changed=changed)
    bulk.run(
        f"INSERT INTO {ENTERED.name} SELECT o.id FROM {HOUSEHOLDS.name} s JOIN {table} o ON o.public_id = s.public_id"
    )
    ENTERED.ready("household_id")


def _apply_persons(run: Run) -> None:
    table = Person._meta.db_table
    values = {
        "last_name": "s.last_name",
        "birth_name": "COALESCE(s.birth_name, o.birth_name)",
        "first_names": "s.first_names",
        # Where only the portal knows a birth name: see `_name_again`.
        "search_name": "CASE WHEN s.birth_name IS NULL AND o.birth_name <> '' THEN o.search_name "
        "ELSE s.search_name END",
        "birth_date": "CASE WHEN s.says_birth_date THEN s.birth_date ELSE o.birth_date END",
        "member_number": "CASE WHEN s.member_number IS NULL THEN o.member_number ELSE NULLIF(s.member_number, '') END",
        "email": "COALESCE(s.email, o.email)",
        "phone": "COALESCE(s.phone, o.phone)",
    }
    homes = (
        f"r.household_id AS home FROM {CHANGED} c JOIN people_residence r ON r.person_id = c.row_id "
        f"WHERE {run.is_dated('r')}"
    )
    source = f"{PERSONS.name} s JOIN {table} o ON o.register_key = s.register_key"
    changed = run.change(Person, values | _CLOSING, source, homes=homes)
    if changed:
        _name_again()
    new = {
        "public_id": "s.public_id",
        "register_key": "s.register_key",
        "last_name": "s.last_name",
        "birth_name": "COALESCE(s.birth_name, '')",
        "first_names": "s.first_names",
        "search_name": "s.search_name",
        "birth_date": "s.birth_date",
        "member_number": "NULLIF(s.member_number, '')",
        "email": "COALESCE(s.email, '')",
        "phone": "COALESCE(s.phone, '')",
        "mark": "COALESCE(m.mark, 1)",
        "closed_on": "s.closed_on",
        "closed_reason": "COALESCE(s.closed_reason, '')",
    }
    created = bulk.insert_from(
        Person,
        new,
        f"FROM {PERSONS.name} s LEFT JOIN ({FIRST_MARKS}) m ON m.register_key = s.register_key "
        f"WHERE NOT EXISTS (SELECT 1 FROM {table} o WHERE o.register_key = s.register_key) ORDER BY s.place",
    )
    _count(run, "person", total=PERSONS.count(), created=created, changed=changed)


def _name_again() -> None:
    """Names for searching, where the birth name stays the one that we had."""
    names = BIT["person.last_name"] | BIT["person.first_names"]
    renamed = bulk.Scratch("renamed", {"person_id": "bigint", "search_name": "text"})
    with bulk.scratches(renamed):
        for rows in bulk.stream(
            f"SELECT p.id, p.first_names, p.last_name, p.birth_name FROM {CHANGED} c "
            f"JOIN people_person p ON p.id = c.row_id WHERE (c.changes & {names}) <> 0 AND p.birth_name <> ''"
        ):
            renamed.pour([(pk, fold(" ".join(parts))) for pk, *parts in rows])
        bulk.run(
            f"UPDATE people_person SET search_name = n.search_name FROM {renamed.name} n "
            "WHERE people_person.id = n.person_id"
        )


def _count(run: Run, kind: str, *, total: int, created: int, changed: int) -> None:
    run.applied.created[kind] += created
    run.applied.same[kind] += total - created - changed


def _tell(*, by: Actor, at: datetime) -> None:
    """One line and one new version for each household that something touched."""
    bulk.run(
        "UPDATE people_household SET facts_version = facts_version + 1 "
        f"WHERE id IN (SELECT household_id FROM {TOUCHED.name})"
    )
    write_many(_lines(), by=by, at=at)


def _lines() -> Iterator[Entry]:
    entered = f"SELECT h.public_id FROM {ENTERED.name} e JOIN people_household h ON h.id = e.household_id ORDER BY h.id"
    for rows in bulk.stream(entered):
        yield from (Entry(history.HOUSEHOLD_ENTERED, household=public_id) for (public_id,) in rows)
    touched = (
        f"SELECT h.public_id, h.closed_on IS NOT NULL, t.changes FROM {TOUCHED.name} t "
        "JOIN people_household h ON h.id = t.household_id ORDER BY h.id"
    )
    current, is_closed, changes = "", False, 0
    for rows in bulk.stream(touched):
        for public_id, is_now_closed, more in rows:
            if public_id != current and current:
                yield _line(current, changes, is_closed=is_closed)
            changes = more | (changes if public_id == current else 0)
            current, is_closed = public_id, bool(is_now_closed)
    if current:
        yield _line(current, changes, is_closed=is_closed)


def _line(household: str, changes: int, *, is_closed: bool) -> Entry:
    is_closed = is_closed and bool(changes & BIT["household.closed_on"])
    kind = history.HOUSEHOLD_CLOSED if is_closed else history.HOUSEHOLD_UPDATED
    return Entry(kind, household=household, facts={"changes": _words(changes)})


@lru_cache(maxsize=1000)
def _words(changes: int) -> str:
    return history.words_for(words(changes))
