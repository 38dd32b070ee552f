"""Workbooks (XLSX, XLS, ODS) as records of text, as a CSV would hold them.

A few kilobytes can declare a rectangle of a thousand million cells, or unpack to as many bytes: a workbook is opened
by a process that has its own bounds, and may die of them.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, Final

from xpassfam.register import unpacking

MARKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MOST_MEMORY: Final = 1024 * 1024 * 1024
MOST_SECONDS: Final = 120  # of a processor

Record = tuple[int, list[str]]


class Unreadable(Exception):
    """Not a table: no text, no workbook, or one that is locked or broken."""


class TooLarge(Exception):
    """A workbook that its process could not hold, or not read in time."""


@dataclass(frozen=True)
class Sheet:
    name: str
    records: Iterator[Record]
    rows_before: int  # in the workbook
    rows_in_all: int
    is_alone: bool


def is_workbook(head: bytes) -> bool:
    return head.startswith(MARKS)


def sheets(path: Path, *, most_memory: int = MOST_MEMORY, most_seconds: int = MOST_SECONDS) -> Iterator[Sheet]:
    """Each sheet that is shown and holds something, to be read in turn. Its records may yet turn out TooLarge."""
    command = [sys.executable, "-P", unpacking.__file__, str(path), str(most_memory), str(most_seconds)]
    with subprocess.Popen(  # noqa: S603
        command, env={}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            said = _said(process)
            heights: list[tuple[str, int]] = next(said)
            for number, rows in groupby(said, key=itemgetter(0)):
                yield Sheet(
                    name=heights[number][0],
                    records=((line, cells) for _number, line, cells in rows),
                    rows_before=sum(height for _name, height in heights[:number]),
                    rows_in_all=sum(height for _name, height in heights),
                    is_alone=len(heights) == 1,
                )
        finally:
            process.kill()


def _said(process: subprocess.Popen[bytes]) -> Iterator[Any]:
    lines: IO[bytes] = process.stdout  # type: ignore[assignment]
    for line in lines:
        if not line.endswith(b"\n"):  # it died in the middle of a word
            break
        yield json.loads(line)
    status = process.wait()
    if status == unpacking.UNREADABLE:
        raise Unreadable
    if status:
        raise TooLarge
