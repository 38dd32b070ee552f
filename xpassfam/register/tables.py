"""The tables of a file: where their header is, what each column means, and their rows."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from xpassfam.register.columns import IGNORED
from xpassfam.register.sheets import MARKS, Record, Sheet, TooLarge, Unreadable, is_workbook, sheets
from xpassfam.register.texts import MOST_LOOKED_AT, OpenQuote, records
from xpassfam.rules.identifiers import fold

MOST_MEGABYTES: Final = 1024
MOST_OF_A_WORKBOOK: Final = 64  # which is unpacked in memory
_TOTAL: Final = re.compile(r"(?:sous )?tota(?:l|ux)\b|nombre d|effectif")
_TOTAL_BEGINS: Final = "TtSsNnEe"
_CELLS_OF_A_TOTAL: Final = 3


class Refused(Exception):
    """A file or a line that can't be read; the message says why, in French. Line 0 is the whole file."""

    def __init__(self, reason: str, line: int = 0, column: str = "") -> None:
        super().__init__(reason)
        self.line, self.column = line, column


@dataclass
class Table:
    """One table: a CSV, or a sheet of a workbook. `rows` yields each row, or why a line is none."""

    name: str
    records: Iterator[Record]
    meanings: Mapping[str, str]
    columns: list[tuple[int, str]] = field(default_factory=list)  # place in a row, and its name
    heads: dict[str, str] = field(default_factory=dict)  # name → how the file heads it
    unknown: list[str] = field(default_factory=list)  # headers that nobody told the meaning of
    doubled: list[str] = field(default_factory=list)  # headers that mean the same
    width: int = 0

    def rows(self) -> Iterator[Record | Refused]:
        header: list[str] = []
        try:
            line, header = self._header()
            self._read_header(line, header)
            may_be_none = {*_TOTAL_BEGINS, header[0][:1]}
            for line, cells in self.records:
                begins = cells[0][:1] if cells else ""
                if len(cells) == self.width and begins.isalnum() and begins not in may_be_none:  # nearly all of them
                    yield line, cells
                elif cells == header or not "".join(cells).strip() or is_total(cells):
                    continue
                elif len(cells) != self.width and (len(cells) < self.width or any(cells[self.width :])):
                    reason = _("{found} colonnes ici, {wanted} dans la première ligne.")
                    yield Refused(reason.format(found=len(cells), wanted=self.width), line)
                else:
                    yield line, cells
        except Refused as refused:
            yield refused
        except Unreadable:
            yield Refused(_("ce n’est pas un fichier texte. Exportez-le en CSV."))
        except TooLarge:
            yield Refused(_too_large())
        except OpenQuote as open_quote:
            yield Refused(
                _("un guillemet ouvert ici n’est jamais fermé, ou la ligne n’a pas de fin : la suite n’est pas lue."),
                open_quote.line,
            )

    def _header(self) -> tuple[int, list[str]]:
        """The line that names most columns: titles may stand above it."""
        seen: list[Record] = []
        try:
            seen += (record for record in islice(self.records, MOST_LOOKED_AT) if "".join(record[1]).strip())
        except OpenQuote as open_quote:  # what stands before it is read all the same
            self.records = map(_raise, [open_quote])
        best = max(seen, key=lambda record: known(self.meanings, record[1]), default=None)
        if best is None:
            raise Refused(_("aucune colonne connue dans les premières lignes."), 1)
        if not known(self.meanings, best[1]):
            best = max(seen, key=lambda record: len(list(filter(None, record[1]))))
        self.records = chain(seen[seen.index(best) + 1 :], self.records)
        return best

    def _read_header(self, line: int, header: list[str]) -> None:
        self.width = len(header)
        for place, head in enumerate(header):
            name = self.meanings.get(fold(head))
            if name is None and head.strip():
                self.unknown.append(head.strip())
            elif name in self.heads:
                self.doubled += [self.heads[name], head.strip()]
            elif name not in (None, IGNORED):
                self.columns.append((place, name))
                self.heads[name] = head.strip()
        if self.doubled:
            raise Refused(_("cette colonne est là deux fois."), line, self.doubled[0])
        if not self.columns:
            raise Refused(_("aucune colonne connue dans les premières lignes."), line)


def tables(
    path: Path, meanings: Mapping[str, str], *, name: str = "", told: Callable[[int], None] = lambda _bytes: None
) -> Iterator[Table]:
    """The tables of a file. Refused where it holds none. `told` hears how many bytes were read."""
    name = name or path.name
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(max(map(len, MARKS)))
    except OSError as error:
        raise Refused(_("ce fichier ne peut pas être lu ({why}).").format(why=error.strerror)) from error
    most = MOST_OF_A_WORKBOOK if is_workbook(head) else MOST_MEGABYTES
    if size > most * 1024 * 1024:
        raise Refused(_("ce fichier dépasse {most} Mo.").format(most=most))
    if not is_workbook(head):
        yield Table(name, records(path, lambda cells: known(meanings, cells), told), meanings)
        return
    is_empty = True
    try:
        for sheet in sheets(path):
            is_empty = False
            where = name if sheet.is_alone else _("{file}, feuille {sheet}").format(file=name, sheet=sheet.name)
            yield Table(where, _telling(sheet, size, told), meanings)
    except Unreadable as error:
        raise Refused(_("ce classeur ne peut pas être lu. Exportez-le en CSV.")) from error
    except TooLarge as error:
        raise Refused(_too_large()) from error
    if is_empty:
        raise Refused(_("ce classeur est vide."))


def _telling(sheet: Sheet, size: int, told: Callable[[int], None]) -> Iterator[Record]:
    for number, record in enumerate(sheet.records, start=sheet.rows_before):
        yield record
        if number % 1000 == 0:
            told(size * number // sheet.rows_in_all)


def _too_large() -> str:
    return _(
        "ce classeur ne peut pas être ouvert en entier : souvent, une case est remplie très loin du tableau. "
        "Effacez-la, ou exportez chaque feuille en CSV."
    )


def _raise(error: Exception) -> Record:
    raise error


def known(meanings: Mapping[str, str], cells: list[str]) -> int:
    """How many different columns a line would name."""
    return len({meanings.get(fold(cell)) for cell in cells} - {None, IGNORED})


def is_total(cells: list[str]) -> bool:
    """A line that counts the others: few cells, and the first says so."""
    first = (cells[0] or next(filter(None, cells), "")).lstrip()
    if first[:1] not in _TOTAL_BEGINS or len(list(filter(None, cells))) > _CELLS_OF_A_TOTAL:
        return False
    return bool(_TOTAL.match(fold(first)))
