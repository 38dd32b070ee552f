"""Rows become what is staged where they hold together; those that don't are reported, and the others kept."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import gettext as _

from xpassfam.people.actions.staging import HOUSEHOLDS, NAMED, PERSONS, STAYS
from xpassfam.people.models import Access
from xpassfam.register.cells import MOST_REMEMBERED, BadCell, reader
from xpassfam.register.problems import REFUSED, Places
from xpassfam.register.settling import CODES
from xpassfam.register.tables import Refused, Table
from xpassfam.rules.identifiers import fold, new_public_id

Values = dict[str, Any]

BATCH: Final = 4000
_HOUSEHOLD: Final = {"household_name", "address", "postcode", "town", "country"}
_PERSON: Final = {"last_name", "first_names"}
_STAY: Final = {"role", "permission"}
_NEEDED: Final = ("file_number", "key", "last_name", "first_names", "role")


class Judge:
    """Takes tables row by row, and stages what is good of each row: all that it says, or nothing."""

    def __init__(self, today: date, *, names_everybody: bool = False) -> None:
        self.today = today
        self.names_everybody = names_everybody  # refused rows are to say who is there
        self.places = Places()
        self.is_all_named = True
        self.rows = 0
        self._staged: dict[Any, list[tuple[Any, ...]]] = {
            table: [] for table in (HOUSEHOLDS, PERSONS, STAYS, NAMED, CODES, REFUSED)
        }
        self._recent: dict[str, tuple[Any, ...]] = {}  # households, which flat files say again on each row

    def take(self, table: Table) -> None:
        base: int | None = None
        columns: list[tuple[int, str, Callable[[str], Any]]] = []
        for row in table.rows():
            if base is None:  # its header is read by now
                base = self.places.begin(table.name, table.heads)
                columns = [(place, name, reader(name)) for place, name in table.columns]
            if isinstance(row, Refused):
                self.is_all_named = False
                self.refuse(base + row.line, row.column, str(row))
                continue
            self.rows += 1
            self._take_row(base + row[0], row[1], columns)
            if self.rows % BATCH == 0:
                self.flush()

    def refuse_file(self, name: str, refused: Refused) -> None:
        self.is_all_named = False
        self.refuse(self.places.begin(name, {}) + refused.line, refused.column, str(refused))

    def refuse(self, place: int, column: str, reason: str) -> None:
        self._staged[REFUSED].append((place, column, reason, None))

    def flush(self) -> None:
        for table, rows in self._staged.items():
            table.pour(rows)
            rows.clear()
        if len(self._recent) > BATCH:
            self._recent.clear()

    def _take_row(self, place: int, cells: list[str], columns: list[tuple[int, str, Callable[[str], Any]]]) -> None:
        values: Values = {}
        reasons: dict[str, str] = {}
        for index, name, read in columns:
            try:
                values[name] = read(cells[index])
            except BadCell as bad:
                reasons[name] = str(bad)
        number, key = values.get("file_number"), values.get("key")
        self.is_all_named &= self._names_somebody(values, reasons)
        reasons = self._missing(values, reasons) | reasons
        if reasons:
            for name, reason in reasons.items():
                self.refuse(place, name, reason)
            self._name(number, key)
        else:
            self._stage(place, values, number, key)

    @staticmethod
    def _names_somebody(values: Values, reasons: dict[str, str]) -> bool:
        """A household, or a person, or both where the table has both columns."""
        if "file_number" in reasons or "key" in reasons:
            return False
        found = [values[name] for name in ("file_number", "key") if name in values]
        return bool(found) and all(found)

    def _missing(self, values: Values, bad: dict[str, str]) -> dict[str, str]:
        """What cells lack that can each be read: told with those that can't, so that a row is mended in one go."""
        reasons: dict[str, str] = {}
        for column in _NEEDED:
            if column in values and values[column] is None:
                reasons[column] = _("cette case est vide.")
        if {"file_number", "key"}.isdisjoint({*values, *bad}):
            reasons["file_number"] = _("il faut un numéro de dossier ou un identifiant de personne.")
        if (born := values.get("birth_date")) and born > self.today:
            reasons["birth_date"] = _("cette date est dans l’avenir.")
        if (since := values.get("since")) and (until := values.get("until")) and until < since:
            reasons["until"] = _("la sortie est avant l’entrée.")
        return reasons

    def _stage(self, place: int, values: Values, number: str | None, key: str | None) -> None:
        """One row may speak of a household, a person, a stay and a code at once."""
        file_key = number.replace("-", "") if number else ""
        if number and (not key or not _HOUSEHOLD.isdisjoint(values)):
            facts = _household(values, number)
            if self._recent.get(file_key) != facts:
                self._recent.setdefault(file_key, facts)
                self._staged[HOUSEHOLDS].append((place, new_public_id(), number, file_key, *facts))
        if key and values.keys() >= _PERSON:
            self._staged[PERSONS].append((place, new_public_id(), key, *_person(values)))
        if number and key and not _STAY.isdisjoint(values):
            self._staged[STAYS].append((place, file_key, key, *_stay(values)))
        elif key and (number or not values.keys() >= _PERSON):
            self._name(number, key)
        if key and values.get("activation_code"):
            self._staged[CODES].append((place, key, values["activation_code"]))

    def _name(self, number: str | None, key: str | None) -> None:
        """A row that is refused still says that somebody is there."""
        if self.names_everybody and (number or key):
            self._staged[NAMED].append((number.replace("-", "") if number else None, key))


def _household(values: Values, number: str) -> tuple[Any, ...]:
    address, postcode, country = _said(values, "address"), _said(values, "postcode"), values.get("country")
    if more := values.get("address_more"):
        address = "\n".join(filter(None, [address, more]))
    if postcode and len(postcode) == 4 and postcode.isdigit() and (country or "FR") == "FR":
        postcode = "0" + postcode  # spreadsheets take 01000 for a number
    closed = (None, None) if "key" in values else _closing(values)
    return values.get("household_name"), address, postcode, _said(values, "town"), country, *closed


def _person(values: Values) -> tuple[Any, ...]:
    last_name, first_names, birth_name = values["last_name"], values["first_names"], _said(values, "birth_name")
    names = " ".join(filter(None, (_folded(first_names), _folded(last_name), _folded(birth_name or ""))))
    return (
        last_name,
        birth_name,
        first_names,
        names,
        "birth_date" in values,
        values.get("birth_date"),
        _said(values, "member_number"),
        _said(values, "email"),
        _said(values, "phone"),
        *_closing(values),
    )


def _stay(values: Values) -> tuple[Any, ...]:
    role, permission = values.get("role"), values.get("permission")
    if role == "":  # a representative acts for the household without living there
        role, permission = None, permission or Access.Permission.ALL.value
    return role, values.get("is_shared"), values.get("since"), values.get("until"), permission


def _closing(values: Values) -> tuple[date | None, str | None]:
    """An empty cell reopens nothing: what was closed in the portal stays so."""
    if not values.get("closed_on"):
        return None, None
    return values["closed_on"], values.get("closed_reason") or ""


@lru_cache(maxsize=MOST_REMEMBERED)
def _folded(name: str) -> str:
    return fold(name)


def _said(values: Values, name: str) -> str | None:
    """None where the file has no such column; an empty cell empties."""
    return values[name] or "" if name in values else None
