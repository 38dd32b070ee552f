"""Rows become what is staged where they hold together; those that don't are reported, and the others kept."""

from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import gettext as _

from xpassfam.people.actions.staging import HOUSEHOLDS, NAMED, PERSONS, STAYS
from xpassfam.people.models import Access
from xpassfam.register.cells import MOST_REMEMBERED, BadCell, Reader
from xpassfam.register.problems import REFUSED, Places
from xpassfam.register.settling import CODES
from xpassfam.register.tables import Refused, Table
from xpassfam.rules.identifiers import fold, new_public_id

Values = dict[str, Any]  # by column: None, or '' where it empties, is an empty cell

BATCH: Final = 4000
_HOUSEHOLD: Final = {"household_name", "address", "postcode", "town", "country"}
_PERSON: Final = {"last_name", "first_names"}
_STAY: Final = {"role", "permission"}
_DATES: Final = {"birth_date", "since", "until"}
_NEEDED: Final = ("file_number", "key", "last_name", "first_names", "role")


class Columns:
    """What the rows of one table can say: found once, from its header."""

    def __init__(self, columns: list[tuple[int, str]]) -> None:
        self._readers = [(place, Reader(name)) for place, name in columns]
        self.names = [name for _place, name in columns]
        names = set(self.names)
        self.needed = [name for name in _NEEDED if name in names]
        self.who = [name for name in ("file_number", "key") if name in names]
        self.says_household = "file_number" in names and ("key" not in names or not _HOUSEHOLD.isdisjoint(names))
        self.says_person = "key" in names and names >= _PERSON
        self.says_stay = len(self.who) == 2 and not _STAY.isdisjoint(names)
        self.says_code = "key" in names and "activation_code" in names
        self.has_dates = not _DATES.isdisjoint(names)

    def read(self, cells: list[str]) -> Values:
        """What a row says; BadCell where one of its cells says nothing."""
        return dict(zip(self.names, [reader[cells[place]] for place, reader in self._readers], strict=True))

    def read_each(self, cells: list[str]) -> tuple[Values, dict[str, str]]:
        """The good cells of a row, and why the others are not."""
        values: Values = {}
        reasons: dict[str, str] = {}
        for name, (place, reader) in zip(self.names, self._readers, strict=True):
            try:
                values[name] = reader[cells[place]]
            except BadCell as bad:
                reasons[name] = str(bad)
        return values, reasons


class Judge:
    """Takes tables row by row, and stages what is good of each row: all that it says, or nothing."""

    def __init__(self, today: date, *, names_everybody: bool = False) -> None:
        self.today = today
        self.names_everybody = names_everybody  # refused rows are to say who is there
        self.places = Places()
        self.is_all_named = True
        self.rows = 0
        self._households, self._persons, self._stays, self._named, self._codes, self._refused = lists = [
            list[tuple[Any, ...]]() for _ in range(6)
        ]
        self._staged = dict(zip((HOUSEHOLDS, PERSONS, STAYS, NAMED, CODES, REFUSED), lists, strict=True))
        self._recent: dict[str, tuple[Any, ...]] = {}  # households, which flat files say again on each row

    def take(self, table: Table) -> None:
        base: int | None = None
        for row in table.rows():
            if base is None:  # its header is read by now
                base = self.places.begin(table.name, table.heads)
                columns = Columns(table.columns)
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
        self._refused.append((place, column, reason, None))

    def flush(self) -> None:
        for table, rows in self._staged.items():
            if rows:
                table.pour(rows)
                rows.clear()
        if len(self._recent) > BATCH:
            self._recent.clear()

    def _take_row(self, place: int, cells: list[str], columns: Columns) -> None:
        reasons: dict[str, str] = {}
        try:
            values = columns.read(cells)
        except BadCell:
            values, reasons = columns.read_each(cells)
        if not columns.who or not all(map(values.get, columns.who)):
            self.is_all_named = False
        reasons = self._missing(values, columns) | reasons
        number, key = values.get("file_number"), values.get("key")
        if reasons:
            for name, reason in reasons.items():
                self.refuse(place, name, reason)
            self._name(number, key)
        else:
            self._stage(place, values, columns, number, key)

    def _missing(self, values: Values, columns: Columns) -> dict[str, str]:
        """What cells lack that can each be read: told with those that can't, so that a row is mended in one go."""
        reasons: dict[str, str] = {}
        for column in columns.needed:
            if values.get(column, column) is None:
                reasons[column] = _("cette case est vide.")
        if not columns.who:
            reasons["file_number"] = _("il faut un numéro de dossier ou un identifiant de personne.")
        if columns.has_dates:
            if (born := values.get("birth_date")) and born > self.today:
                reasons["birth_date"] = _("cette date est dans l’avenir.")
            if (since := values.get("since")) and (until := values.get("until")) and until < since:
                reasons["until"] = _("la sortie est avant l’entrée.")
        return reasons

    def _stage(self, place: int, values: Values, columns: Columns, number: str | None, key: str | None) -> None:
        """One row may speak of a household, a person, a stay and a code at once."""
        file_key = number.replace("-", "") if number else ""
        if number and columns.says_household:
            facts = _household(values)
            if self._recent.get(file_key) != facts:
                self._recent.setdefault(file_key, facts)
                self._households.append((place, new_public_id(), number, file_key, *facts))
        if not key:
            return
        if columns.says_person:
            self._persons.append((place, new_public_id(), key, *_person(values)))
        if number and columns.says_stay:
            self._stays.append((place, file_key, key, *_stay(values)))
        elif number or not columns.says_person:
            self._name(number, key)
        if columns.says_code and values["activation_code"]:
            self._codes.append((place, key, values["activation_code"]))

    def _name(self, number: str | None, key: str | None) -> None:
        """A row that is refused still says that somebody is there."""
        if self.names_everybody and (number or key):
            self._named.append((number.replace("-", "") if number else None, key))


def _household(values: Values) -> tuple[Any, ...]:
    address, postcode, country = values.get("address"), values.get("postcode"), values.get("country")
    if more := values.get("address_more"):
        address = "\n".join(filter(None, [address, more]))
    if postcode and len(postcode) == 4 and postcode.isdigit() and (country or "FR") == "FR":
        postcode = "0" + postcode  # spreadsheets take 01000 for a number
    closed = (None, None) if "key" in values else _closing(values)
    return values.get("household_name"), address, postcode, values.get("town"), country, *closed


def _person(values: Values) -> tuple[Any, ...]:
    last_name, first_names, birth_name = values["last_name"], values["first_names"], values.get("birth_name")
    names = " ".join(filter(None, (_folded(first_names), _folded(last_name), _folded(birth_name or ""))))
    return (
        last_name,
        birth_name,
        first_names,
        names,
        "birth_date" in values,
        values.get("birth_date"),
        values.get("member_number"),
        values.get("email"),
        values.get("phone"),
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
