"""So many children at once, whichever processes of this machine start them: each may take a gigabyte."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from xpassfam.vault.limits import AT_ONCE, PATIENCE_SECONDS

PAUSE_SECONDS = 0.05


class Busy(Exception):
    """All are at work, and stayed so for as long as somebody waits for a page."""


@contextmanager
def turn(*, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Wait for one's turn; raise Busy. The lock goes with the process that holds it, whatever ends it."""
    handle = _taken(until=time.monotonic() + patience)
    try:
        yield
    finally:
        os.close(handle)


def _taken(*, until: float) -> int:
    folder = Path(settings.VAR) / "children"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    while True:
        for number in range(AT_ONCE):
            handle = os.open(folder / str(number), os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(handle)
            else:
                return handle
        if time.monotonic() >= until:
            raise Busy
        time.sleep(PAUSE_SECONDS)
