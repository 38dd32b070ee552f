"""One import in a process of its own, so that its memory is its own: what it took, as JSON."""

import json
import os
import sys
from pathlib import Path
from time import perf_counter

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xpassfam.config.settings")
    django.setup()
    from django.db import connection
    from django.utils import timezone

    from benchmarks.spent import spent
    from xpassfam.journal.actions import Actor
    from xpassfam.register.actions.importing import import_files
    from xpassfam.register.columns import NAMES
    from xpassfam.register.judging import Judge
    from xpassfam.register.tables import tables

    class Deaf(Judge):
        """Reads and judges; nothing is staged."""

        def flush(self) -> None:
            for rows in self._staged.values():
                rows.clear()

    paths = [Path(argument) for argument in sys.argv[1:]]
    began = perf_counter()
    deaf = Deaf(timezone.localdate())
    for path in paths:
        for table in tables(path, NAMES):
            deaf.take(table)
    connection.ensure_connection()
    backend = None if connection.vendor == "sqlite" else connection.connection.info.backend_pid
    read, before = perf_counter(), spent(backend)
    report = import_files(paths, by=Actor("system", name="benchmark"), at=timezone.now(), is_confirmed=True)
    ended, after = perf_counter(), spent(backend)
    assert not report.refused, report.problems[:3]
    taken = {"reading": read - began, "whole": ended - read, "processor": after - before}
    print(json.dumps({**taken, "megabytes": _most_held(), "rows": deaf.rows}))


def _most_held() -> float:
    """In MB, of this program alone: `getrusage` counts what its parent held before it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
