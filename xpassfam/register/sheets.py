"""Workbooks (XLSX, XLS, ODS) as records of text, as a CSV would hold them."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineSheet, PasswordError, SheetVisibleEnum, load_workbook

MARKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MOST_UNPACKED: Final = 512 * 1024 * 1024

Record = tuple[int, list[str]]


class Unreadable(Exception):
    """Not a table: no text, no workbook, or one that is locked, broken, or unpacks to too much."""


def is_workbook(head: bytes) -> bool:
    return head.startswith(MARKS)


def sheets(path: Path) -> list[tuple[str, Iterator[Record]]]:
    """The records of each sheet that is shown and holds something, under its name."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                    raise Unreadable
        book = load_workbook(path)
        shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        found = [(name, book.get_sheet_by_name(name)) for name in shown]
    except (CalamineError, PasswordError, zipfile.BadZipFile, OSError) as error:
        raise Unreadable from error
    return [(name, _records(sheet)) for name, sheet in found if sheet.height]


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
