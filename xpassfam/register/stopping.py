"""An import that an administrator ends while it runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from xpassfam.register import waiting


class Stopped(Exception):
    """Somebody asked for it: all that the import did is undone."""


@contextmanager
def stoppable(folder: str) -> Iterator[None]:
    """Look, before each statement, whether the import of these files is to end.

    A file says so, not a row: on SQLite nobody can write one while a register is applied.
    """
    is_over = False

    def look(execute: Callable[..., Any], *statement: Any) -> Any:
        nonlocal is_over
        if not is_over and waiting.is_to_stop(folder):
            is_over = True  # what tidies up is let pass
            raise Stopped
        return execute(*statement)

    with connection.execute_wrapper(look):
        yield
