"""A fact that a family changed, and how it stands against the register's next file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone

from xpassfam.journal.actions import Actor
from xpassfam.people.models import Correction, Household, Person, Residence
from xpassfam.rules.identifiers import fold

ADDRESS = ("address", "postcode", "town", "country")
NAMES = ("first_names", "last_name", "birth_name")
Texts = Mapping[str, str]
Outcome = Correction.Outcome
KEYS = {"household": "file_key", "person": "register_key"}


@dataclass(frozen=True)
class Standing:
    """A correction as an import needs it: whose row, by the register's own key, and the texts in columns."""

    correction_id: int
    key_column: str
    key: str
    field: str
    before: Texts
    after: Texts


def texts_of(row: Household | Person, field: str) -> dict[str, str]:
    """What a row says of a fact, as text: a day is written `2017-06-18`, nothing is empty."""
    return {column: _text(getattr(row, column)) for column in _columns(field)}


def lock_homes(row: Household | Person, *, at: datetime, besides: int | None = None) -> list[Household]:
    """The homes that a fact of `row` concerns, held until the transaction ends, in the one order of locks.

    `besides` is the home acted for, where the person may not live.
    """
    if isinstance(row, Household):
        return _held([row.pk])
    stays = Residence.objects.open_on(timezone.localdate(at)).filter(person=row.pk)
    homes = {*stays.values_list("household", flat=True), *filter(None, [besides])}
    return _held(homes)


def _held(homes: Iterable[int]) -> list[Household]:
    return list(Household.objects.filter(pk__in=homes).select_for_update(of=("self",)).order_by("pk"))


def correct(row: Household | Person, *, field: str, values: Texts, by: Actor, at: datetime) -> None:
    """Write the new values, and that they stand against the register's old ones.

    In the transaction of a caller who writes the line of history, after `lock_homes`.
    """
    before = texts_of(row, field)
    for column, value in _revived(values).items():
        setattr(row, column, value)
    changed = list(values)
    if isinstance(row, Person) and field in NAMES:
        row.search_name = fold(" ".join(getattr(row, name) for name in NAMES))
        changed.append("search_name")
    row.save(update_fields=changed)
    homes = [home.pk for home in lock_homes(row, at=at)]
    Household.objects.filter(pk__in=homes).update(facts_version=F("facts_version") + 1)
    _stand(row, field, before=before, after=dict(values), by=by, at=at)


def hold(table: str, kind: str, *, at: datetime) -> None:
    """Bring a register's staged rows in step with what families changed since its last file.

    `kind` is household or person; `table` has their columns, keyed by `file_key` or `register_key`, and NULL
    where the file says nothing. Where it still says the old value, the family's takes its place. Where it says
    the family's, or a third one, the file is right from now on and the correction is settled.

    In the transaction of the import, once everything is staged. A few statements for each correction that
    stands: those are few beside a register.
    """
    settled: dict[str, list[int]] = {Outcome.TAKEN: [], Outcome.OVERRULED: []}
    for standing in list(standing_corrections(kind)):
        said = _said(table, standing)
        if not said:
            continue
        if said == _only(standing.before, said):
            _say(table, standing, _only(standing.after, said))
        else:
            is_taken = said == _only(standing.after, said)
            settled[Outcome.TAKEN if is_taken else Outcome.OVERRULED].append(standing.correction_id)
    for outcome, ids in settled.items():
        settle(ids, outcome=outcome, at=at)


def standing_corrections(kind: str) -> Iterator[Standing]:
    """Those that an import can meet: the register has a key of its own for their row."""
    key = "household__file_key" if kind == "household" else "person__register_key"
    rows = Correction.objects.standing().exclude(**{key: None}).order_by("pk")
    for row in rows.values("pk", "field", "before", "after", key).iterator():
        yield Standing(row["pk"], KEYS[kind], row[key], row["field"], row["before"], row["after"])


def settle(ids: Iterable[int], *, outcome: str, at: datetime) -> None:
    """The register has spoken: these no longer stand against it."""
    Correction.objects.standing().filter(pk__in=list(ids)).update(outcome=outcome, settled_at=at)


def _said(table: str, standing: Standing) -> dict[str, str]:
    """What the file says of the fact. A birth date is a date: where none was known, NULL says the same."""
    columns = _columns(standing.field)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE {standing.key_column} = %s",
            [standing.key],
        )
        row = cursor.fetchone()
    said = dict(zip(columns, row or (), strict=False))
    return {
        column: _text(value)
        for column, value in said.items()
        if value is not None or (column == "birth_date" and not standing.before[column])
    }


def _say(table: str, standing: Standing, texts: Texts) -> None:
    """Let the file say what the family says; a person's names are also those they are searched by."""
    changes = {column: text or (None if column == "birth_date" else "") for column, text in texts.items()}
    where = f"WHERE {standing.key_column} = %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {', '.join(f'{column} = %s' for column in changes)} {where}",
            [*changes.values(), standing.key],
        )
        if standing.field in NAMES:
            cursor.execute(f"SELECT {', '.join(NAMES)} FROM {table} {where}", [standing.key])
            search_name = fold(" ".join(filter(None, cursor.fetchone())))
            cursor.execute(f"UPDATE {table} SET search_name = %s {where}", [search_name, standing.key])


def _stand(
    row: Household | Person, field: str, *, before: dict[str, str], after: dict[str, str], by: Actor, at: datetime
) -> None:
    """One correction stands for a fact: from what the register says to what was said last."""
    subject = {"household": row} if isinstance(row, Household) else {"person": row}
    older = Correction.objects.standing().filter(field=field, **subject).first()
    if older:
        before = older.before
        settle([older.pk], outcome=Outcome.REPLACED, at=at)
    if before != after:
        Correction.objects.create(field=field, before=before, after=after, at=at, by=by.name, **subject)


def _columns(field: str) -> tuple[str, ...]:
    return ADDRESS if field == "address" else (field,)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _revived(values: Texts) -> dict[str, Any]:
    """As the columns want them: a birth date is a day, or nothing."""
    return {
        column: (date.fromisoformat(text) if text else None) if column == "birth_date" else text
        for column, text in values.items()
    }


def _only(values: Texts, columns: Iterable[str]) -> dict[str, str]:
    return {column: values[column] for column in columns}
