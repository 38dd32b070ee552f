"""Rows become what is staged where they hold together; those that don't are reported, and the others kept."""

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from xpassfam.people.actions.staging import HOUSEHOLDS, NAMED, PERSONS, STAYS
from xpassfam.register.cells import BadCell
from xpassfam.register.meaning import WHO, Columns, Said, households, persons, stays
from xpassfam.register.problems import REFUSED, Places
from xpassfam.register.settling import CODES
from xpassfam.register.sheets import Record
from xpassfam.register.tables import Refused, Table
from xpassfam.rules.identifiers import new_public_ids

BATCH: Final = 4000


class Judge:
    """Takes tables by blocks of rows, and stages what is good of each row: all that it says, or nothing.

    A block without a fault is judged column by column. Where there is one, it is looked for in each half.
    """

    def __init__(self, today: date, *, names_everybody: bool = False, rows_at_once: int = BATCH) -> None:
        self.today = today
        self.rows_at_once = rows_at_once
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
        block: list[Record] = []
        for row in table.rows():
            if base is None:  # its header is read by now
                base = self.places.begin(table.name, table.heads)
                columns = Columns(table.columns)
            if isinstance(row, Refused):
                self.is_all_named = False
                self.refuse(base + row.line, row.column, str(row))
            else:
                self.rows += 1
                block.append((base + row[0], row[1]))
            if len(block) >= self.rows_at_once or len(self._refused) >= BATCH:
                self._take_block(block, columns)
                self.flush()
                block = []
        if block:
            self._take_block(block, columns)

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

    def _take_block(self, block: list[Record], columns: Columns) -> None:
        if len(block) == 1:
            self._take_row(*block[0], columns)
        elif block:
            said = columns.read(block)
            if said and columns.holds_together(said, self.today):
                self._stage([place for place, _cells in block], said, columns)
            else:
                half = len(block) // 2
                self._take_block(block[:half], columns)
                self._take_block(block[half:], columns)

    def _take_row(self, place: int, cells: list[str], columns: Columns) -> None:
        values: dict[str, Any] = {}
        reasons: dict[str, str] = {}
        for name, cell, reader in columns.cells_of(cells):
            try:
                values[name] = reader[cell]
            except BadCell as bad:
                reasons[name] = str(bad)
        if not columns.who or not all(map(values.get, columns.who)):
            self.is_all_named = False
        reasons = self._missing(values, columns) | reasons
        if reasons:
            for name, reason in reasons.items():
                self.refuse(place, name, reason)
            number, key = (values.get(name) for name in WHO)
            self._name([number.replace("-", "") if number else None], [key])
        else:
            self._stage([place], {name: [value] for name, value in values.items()}, columns)

    def _missing(self, values: dict[str, Any], columns: Columns) -> dict[str, str]:
        """What cells lack that can each be read: told with those that can't, so that a row is mended in one go."""
        reasons: dict[str, str] = {}
        for column in columns.needed:
            if values.get(column, column) is None:
                reasons[column] = _("cette case est vide.")
        if not columns.who:
            reasons["file_number"] = _("il faut un numéro de dossier ou un identifiant de personne.")
        if (born := values.get("birth_date")) and born > self.today:
            reasons["birth_date"] = _("cette date est dans l’avenir.")
        if (since := values.get("since")) and (until := values.get("until")) and until < since:
            reasons["until"] = _("la sortie est avant l’entrée.")
        return reasons

    def _stage(self, places: list[int], said: Said, columns: Columns) -> None:
        """One row may speak of a household, a person, a stay and a code at once."""
        numbers, keys = (found if (found := said.get(name)) and all(found) else None for name in WHO)
        file_keys = [number.replace("-", "") for number in numbers] if numbers else [None] * len(places)
        if numbers and columns.says_household:
            self._stage_households(places, numbers, file_keys, said)
        if keys and columns.says_person:
            ids = new_public_ids(len(places))
            self._persons.extend(zip(places, ids, keys, *persons(said, len(places)), strict=True))
        if keys and numbers and columns.says_stay:
            self._stays.extend(zip(places, file_keys, keys, *stays(said, len(places)), strict=True))
        elif keys and (numbers or not columns.says_person):
            self._name(file_keys, keys)
        if keys and "activation_code" in said:
            self._codes.extend(row for row in zip(places, keys, said["activation_code"], strict=True) if row[2])

    def _stage_households(self, places: list[int], numbers: list[str], file_keys: list[Any], said: Said) -> None:
        facts_of_all = zip(*households(said, len(places)), strict=True)
        ids = new_public_ids(len(places))
        for place, public_id, number, file_key, facts in zip(
            places, ids, numbers, file_keys, facts_of_all, strict=True
        ):
            if self._recent.get(file_key) != facts:
                self._recent.setdefault(file_key, facts)
                self._households.append((place, public_id, number, file_key, *facts))

    def _name(self, file_keys: list[Any], keys: list[Any]) -> None:
        """A row that is refused still says that somebody is there."""
        if self.names_everybody:
            self._named.extend(row for row in zip(file_keys, keys, strict=True) if any(row))
