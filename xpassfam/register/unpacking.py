"""A program of its own: what a workbook holds, as lines of JSON. Whatever the workbook does to it, the worker lives on.

It is given a path, and bounds in bytes and seconds. First the sheets that are shown and hold something, with their
heights; then each row: the number of its sheet, that of its line, its cells. It knows nothing of the portal.
"""

import json
import resource
import sys
from datetime import date, datetime
from typing import Any, Final

UNREADABLE: Final = 3  # its status where this is no workbook, or one that is locked or broken


def main(path: str, most_bytes: int, most_seconds: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineError, PasswordError, SheetVisibleEnum, load_workbook

    try:
        book = load_workbook(path)
        shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        sheets = [sheet for sheet in map(book.get_sheet_by_name, shown) if sheet.height]
    except (CalamineError, PasswordError, OSError):
        return UNREADABLE
    _say([(sheet.name, sheet.height) for sheet in sheets])
    for number, sheet in enumerate(sheets):
        for line, cells in enumerate(sheet.iter_rows(), start=1):
            _say([number, line, [_text(cell) for cell in cells]])
    sys.stdout.flush()
    return 0


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what))
    sys.stdout.write("\n")


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
