"""What could not be taken, where it stands, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from xpassfam.jobs import bulk
from xpassfam.jobs.bulk import Scratch

# `place` is a row of a table: see `Places`. `other` is the row that `reason` speaks of, if it speaks of one.
REFUSED: Final = Scratch("refused", {"place": "bigint", "name": "text", "reason": "text", "other": "bigint"})
_LINES: Final = 32  # bits of a place that number the line


@dataclass(frozen=True)
class Problem:
    """What could not be taken, where it stands, and why, in French. Line 0 is the whole file."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = _("{file}, ligne {line}").format(file=self.file, line=self.line) if self.line else self.file
        if self.column:
            where = _("{where}, colonne « {column} »").format(where=where, column=self.column)
        return _("{where} : {reason}").format(where=where, reason=self.reason)


class Places:
    """The rows of all tables, numbered in the order in which they are read."""

    def __init__(self) -> None:
        self._tables: list[tuple[str, dict[str, str]]] = []

    def begin(self, table: str, heads: dict[str, str]) -> int:
        """The place before a table's first line; a file that holds no table has only that."""
        self._tables.append((table, heads))
        return (len(self._tables) - 1) << _LINES

    def find(self, place: int) -> tuple[str, int, dict[str, str]]:
        """Name of the table, line, and how the table heads its columns."""
        name, heads = self._tables[place >> _LINES]
        return name, place & (2**_LINES - 1), heads

    def problems(self) -> Iterator[Problem]:
        """Those that were refused, as they stand in the files."""
        order = "ORDER BY place, rowid" if bulk.is_sqlite() else "ORDER BY place, ctid"
        for rows in bulk.stream(f"SELECT place, name, reason, other FROM {REFUSED.name} {order}"):
            for place, name, reason, other in rows:
                file, line, heads = self.find(place)
                if other is not None:
                    other_file, other_line, _heads = self.find(other)
                    reason = reason.format(line=other_line, file=other_file)
                yield Problem(file, line, heads.get(name, name), reason)
