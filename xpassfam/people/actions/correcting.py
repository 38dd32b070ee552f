"""A fact that a family changed, and how it stands against the register's next file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from xpassfam.journal.actions import Actor
from xpassfam.people.actions.run import Values, locked
from xpassfam.people.models import Correction, Household, Person, Residence
from xpassfam.rules.identifiers import fold, normalise_file_number

ADDRESS = ("address", "postcode", "town", "country")
NAMES = ("first_names", "last_name", "birth_name")
Texts = Mapping[str, str]
Outcome = Correction.Outcome


@dataclass(frozen=True)
class Standing:
    """A correction as an import needs it: whose row, by the register's own key, and the values in columns."""

    correction_id: int
    kind: str  # household or person
    key: str  # `file_key` or `register_key`
    before: Values
    after: Values


def texts_of(row: Household | Person, field: str) -> dict[str, str]:
    """What a row says of a fact, as text: a day is written `2017-06-18`, nothing is empty."""
    return {column: _text(getattr(row, column)) for column in _columns(field)}


def lock_homes(row: Household | Person, *, at: datetime, besides: int | None = None) -> list[Household]:
    """The homes that a fact of `row` concerns, held until the transaction ends, in the one order of locks.

    `besides` is the home acted for, where the person may not live.
    """
    if isinstance(row, Household):
        return list(locked(Household.objects.filter(pk=row.pk)))
    stays = Residence.objects.open_on(timezone.localdate(at)).filter(person=row.pk)
    homes = {*stays.values_list("household", flat=True), *filter(None, [besides])}
    return list(locked(Household.objects.filter(pk__in=homes)))


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


def hold(kind: str, staged: Mapping[str, Values], *, at: datetime) -> dict[str, Values]:
    """What a register's file comes to, beside what families changed since the last one.

    `kind` is household or person; `staged` is by file number or by register key. Where the file still says the
    old value, the family's stays. Where it says the family's, or a third one, the file is right from now on
    and the correction is settled.
    """
    held: dict[str, Values] = dict(staged)
    written = {normalise_file_number(key) if kind == "household" else key: key for key in staged}
    settled: dict[str, list[int]] = {Outcome.TAKEN: [], Outcome.OVERRULED: []}
    for standing in standing_corrections(kind, keys=written):
        key = written[standing.key]
        values = staged[key]
        said = {column: values[column] for column in standing.before if column in values}
        if not said:
            continue
        if said == _only(standing.before, said):
            held[key] = {**values, **_only(standing.after, said)}
        else:
            is_taken = said == _only(standing.after, said)
            settled[Outcome.TAKEN if is_taken else Outcome.OVERRULED].append(standing.correction_id)
    for outcome, ids in settled.items():
        settle(ids, outcome=outcome, at=at)
    return held


def standing_corrections(kind: str, *, keys: Iterable[str] | None = None) -> Iterator[Standing]:
    """Those of `kind` that an import meets, all of them without `keys`: few, beside a register.

    For a set-based import, `hold` is one statement for each: `UPDATE staged SET <after> WHERE key = … AND
    <columns> = <before>`; rows left whose columns differ from <before> settle it.
    """
    key = "household__file_key" if kind == "household" else "person__register_key"
    rows = Correction.objects.standing().exclude(**{key: None})
    if keys is not None:
        rows = rows.filter(**{f"{key}__in": list(keys)})
    for row in rows.order_by("pk").values("pk", "before", "after", key).iterator():
        yield Standing(row["pk"], kind, row[key], _revived(row["before"]), _revived(row["after"]))


def settle(ids: Iterable[int], *, outcome: str, at: datetime) -> None:
    """The register has spoken: these no longer stand against it."""
    Correction.objects.standing().filter(pk__in=list(ids)).update(outcome=outcome, settled_at=at)


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


def _only(values: Values, columns: Iterable[str]) -> dict[str, Any]:
    return {column: values[column] for column in columns}
