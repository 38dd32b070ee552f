"""Files as French tools write them: CSV of any usual encoding, separator and header, or a workbook."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from xpassfam.register.columns import NAMES
from xpassfam.register.sheets import Records, Unreadable, is_workbook, sheets
from xpassfam.rules.identifiers import fold

SEPARATORS = ";,\t"
MOST_BYTES = 64 * 1024 * 1024
csv.field_size_limit(100_000)


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


@dataclass(frozen=True)
class Row:
    """One line of a file: what stands under each column we know, and how the file heads that column."""

    file: str
    line: int
    cells: dict[str, str]
    heads: dict[str, str]

    def problem(self, column: str, reason: str) -> Problem:
        return Problem(self.file, self.line, self.heads.get(column, column), reason)


def read(path: Path) -> tuple[list[Row], list[Problem]]:
    """The rows of a file, and the lines that are not rows. A file that is no table is one problem."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return [], [Problem(path.name, 0, "", _("ce fichier dépasse 64 Mo."))]
        content = path.read_bytes()
        if is_workbook(content):
            return _read_workbook(path.name, content)
        text = _decode(content)
    except OSError as error:
        return [], [Problem(path.name, 0, "", _("ce fichier ne peut pas être lu ({why}).").format(why=error.strerror))]
    except UnicodeDecodeError:
        return [], [Problem(path.name, 0, "", _("ce n’est pas un fichier texte. Exportez-le en CSV."))]
    if text.lower().startswith("sep=") and "\n" in text:
        text = "\n" + text.split("\n", 1)[1]
    lines = text.splitlines() or [""]
    header = next((line for line in lines if line.strip()), "")
    separator = max(SEPARATORS, key=lambda one: len(_known(_cells(header, one))))
    if not _known(_cells(header, separator)):
        return [], [Problem(path.name, 1, "", _("aucune colonne connue dans la première ligne."))]
    return _rows(path.name, _records(text, separator))


def _read_workbook(file: str, content: bytes) -> tuple[list[Row], list[Problem]]:
    try:
        found = sheets(content)
    except Unreadable:
        return [], [Problem(file, 0, "", _("ce classeur ne peut pas être lu. Exportez-le en CSV."))]
    rows: list[Row] = []
    problems: list[Problem] = []
    for name, records in found:
        where = _("{file}, feuille {sheet}").format(file=file, sheet=name) if len(found) > 1 else file
        good, bad = _rows(where, records)
        rows += good
        problems += bad
    if not found:
        problems.append(Problem(file, 0, "", _("ce classeur est vide.")))
    return rows, problems


def _decode(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    if b"\x00" in content:
        raise UnicodeDecodeError("utf-8", content[:1], 0, 1, "binary")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _rows(file: str, records: Records) -> tuple[list[Row], list[Problem]]:
    rows: list[Row] = []
    problems: list[Problem] = []
    header: list[str] = []
    for line, cells in records:
        if not any(cells):
            continue
        if not header:
            header = cells
            if not _known(header):
                return [], [Problem(file, line, "", _("aucune colonne connue dans la première ligne."))]
            names = [NAMES.get(fold(head), "") for head in header]
            heads = {name: head for name, head in zip(names, header, strict=True) if name}
            problems += [
                Problem(file, line, heads[name], _("cette colonne est là deux fois."))
                for name in heads
                if names.count(name) > 1
            ]
            if problems:
                return [], problems
        elif (len(cells) != len(header) and any(cells[len(header) :])) or len(cells) < len(header):
            problems.append(
                Problem(
                    file,
                    line,
                    "",
                    _("{found} colonnes ici, {wanted} dans la première ligne.").format(
                        found=len(cells), wanted=len(header)
                    ),
                )
            )
        else:
            known = {name: cell for name, cell in zip(names, cells, strict=False) if name}
            rows.append(Row(file, line, known, heads))
    return rows, problems


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins: a quoted address may hold several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    begins = 1
    for cells in reader:
        yield begins, [cell.strip() for cell in cells]
        begins = reader.line_num + 1


def _cells(line: str, separator: str) -> list[str]:
    return next(csv.reader([line], delimiter=separator), [])


def _known(heads: list[str]) -> set[str]:
    return {fold(head) for head in heads} & NAMES.keys()
