"""One import at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.text import slugify

from xpassfam.jobs import bulk

KEY = 0x5E6157E4  # of PostgreSQL's lock; any number that nobody else takes


class AlreadyImporting(Exception):
    """Another import is under way: nothing was read nor written."""


@contextmanager
def alone() -> Iterator[None]:
    """While no other import runs. The lock dies with its process."""
    if connection.vendor == "postgresql":
        if not bulk.value("SELECT pg_try_advisory_lock(%s)", [KEY]):
            raise AlreadyImporting
        try:
            yield
        finally:
            bulk.value("SELECT pg_advisory_unlock(%s)", [KEY])
        return
    database = slugify(Path(str(connection.settings_dict["NAME"])).name)
    with (settings.VAR / f"import-{database}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyImporting from error
        yield
