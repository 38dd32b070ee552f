"""Workbooks (XLSX, XLS, ODS) as records of text, as a CSV would hold them."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineSheet, PasswordError, SheetVisibleEnum, load_workbook

MARKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# A sheet is held in memory as a whole rectangle: one cell in its last corner makes it one of 550 GB.
MOST_CELLS: Final = 20_000_000
MOST_UNPACKED: Final = 512 * 1024 * 1024

_CHUNK: Final = 1024 * 1024
_OVERLAP: Final = 512  # longer than the opening of any cell
_FILLED: Final = re.compile(rb"""\br\s*=\s*["']([A-Z]*)(\d+)["'][^<>]*(?<!/)>""")  # of a row, or of a cell with content

Record = tuple[int, list[str]]


class Unreadable(Exception):
    """Not a table: no text, no workbook, or one that is locked, broken, or unpacks to too much."""


class TooLarge(Exception):
    """A sheet whose last filled cell is so far that its whole rectangle can't be held."""


def is_workbook(head: bytes) -> bool:
    return head.startswith(MARKS)


def sheets(path: Path) -> list[tuple[str, Iterator[Record]]]:
    """The records of each sheet that is shown and holds something, under its name."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                    raise Unreadable
                for part in packed.infolist():
                    if "worksheets/" in part.filename and _cells(packed, part) > MOST_CELLS:
                        raise TooLarge
        book = load_workbook(path)
        shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        found = [(name, book.get_sheet_by_name(name)) for name in shown]
    except (CalamineError, PasswordError, zipfile.BadZipFile, OSError) as error:
        raise Unreadable from error
    return [(name, _records(sheet)) for name, sheet in found if sheet.height]


def _cells(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """Of the rectangle up to the last filled cell. Read here: the library takes its memory before it tells."""
    width, height, before = 1, 0, b""
    with packed.open(part) as file:
        while chunk := file.read(_CHUNK):
            found = _FILLED.findall(before + chunk)
            width = max(width, *map(_column, {letters for letters, _row in found}), 1)
            height = max(height, *(int(row) for _letters, row in found), 0)
            before = chunk[-_OVERLAP:]
    return width * height


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _records(sheet: CalamineSheet) -> Iterator[Record]:
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        yield line, [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()
