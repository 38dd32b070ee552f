"""CSV of any usual encoding and separator, as records of text, read as they come."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from xpassfam.register.sheets import Record, Unreadable

SEPARATORS: Final = ";,\t|"
HEAD_BYTES: Final = 64 * 1024
MOST_LOOKED_AT: Final = 20  # lines among which the header is looked for
MOST_OF_A_ROW: Final = 1_000_000  # characters
csv.field_size_limit(100_000)


class OpenQuote(Exception):
    """A row without end: a quotation mark was opened and never closed, or the file has no lines."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """What is not UTF-8 was written by Windows: files joined by hand hold both, line by line."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("as-windows", _as_windows)


def records(path: Path, know: Callable[[list[str]], int], told: Callable[[int], None]) -> Iterator[Record]:
    """Each record with the line on which it begins: a quoted address may hold several lines.

    `know` counts the columns that a line would name; `told` hears how many bytes were read.
    """
    with path.open("rb", buffering=0) as raw:
        head = raw.read(HEAD_BYTES)
        encoding = _encoding(head)
        raw.seek(0)
        text = io.TextIOWrapper(io.BufferedReader(raw), encoding=encoding, errors="as-windows", newline="")
        sample = head.decode(encoding, "replace").splitlines()[:MOST_LOOKED_AT]
        separator = max(SEPARATORS, key=lambda one: _weight(sample, one, know))
        lines = _Lines(text)
        reader = csv.reader(lines, delimiter=separator)
        begins = 1
        try:
            for cells in reader:
                lines.taken = 0
                if begins > 1 or not (cells and cells[0].lower().startswith("sep=")):
                    yield begins, cells
                if begins % 1000 == 0:
                    told(raw.tell())
                begins = reader.line_num + 1
        except (csv.Error, _TooLong) as error:
            raise OpenQuote(begins) from error


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in head:
        # Text in UTF-16 that lost its mark: every other byte of what is written here is empty.
        for encoding, place in (("utf-16-le", 1), ("utf-16-be", 0)):
            if head[place::2].count(0) > 0.9 * len(head[place::2]):
                return encoding
        raise Unreadable
    return "utf-8-sig"


def _weight(sample: list[str], separator: str, know: Callable[[list[str]], int]) -> tuple[int, int]:
    """How well a separator cuts: by columns that are known, else by cells."""
    try:
        rows = list(csv.reader(sample, delimiter=separator))
    except csv.Error:
        return 0, 0
    return max((know(row) for row in rows), default=0), sum(len(row) - 1 for row in rows)


class _TooLong(Exception):
    """What stands for one row would not end."""


class _Lines:
    """The lines of a text, as long as those of one row are held in a memory of their own."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.taken = 0  # characters of this row

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(MOST_OF_A_ROW):
            self.taken += len(line)
            if self.taken >= MOST_OF_A_ROW:
                raise _TooLong
            if "\x00" in line:
                raise Unreadable(_("ce n’est pas un fichier texte."))
            yield line
