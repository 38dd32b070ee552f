"""Processor seconds of this program and of the database's process that serves it, on the same machine."""

import os
from pathlib import Path
from time import process_time


def spent(backend: int | None) -> float:
    """`backend`: the number of that process; none for SQLite, which is the program itself."""
    return process_time() + (_of(backend) if backend else 0)


def _of(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:  # the server is on another machine: what it spends is not seen
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
