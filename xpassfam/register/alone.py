"""One import at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.text import slugify

KEY = 0x5E6157E4  # of PostgreSQL's lock; any number that nobody else takes


class AlreadyImporting(Exception):
    """Another import is under way: nothing was read nor written."""


@contextmanager
def alone() -> Iterator[None]:
    """A transaction, which no other import shares its time with. The lock dies with its process."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [KEY])
            if not cursor.fetchone()[0]:
                raise AlreadyImporting
            yield
        return
    # SQLite would keep the second one waiting for its only write lock: it is told before.
    database = slugify(Path(str(connection.settings_dict["NAME"])).name)
    with (settings.VAR / f"import-{database}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyImporting from error
        with transaction.atomic():
            yield
