"""A new portal on each database, and every subject measured on it."""

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg

from benchmarks import figures
from house import postgres, processes
from house.environment import ROOT

SUBJECTS = (
    "sign-in",
    "dashboard",
    "downloads",
    "papers",
    "timing",
    "queries",
    "costs",
    "history",
    "search",
    "queue",
    "rights",
    "import",
)
DATABASES = ("sqlite", "postgresql")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks", description=__doc__)
    parser.add_argument("subjects", nargs="*", metavar=f"{{{','.join(SUBJECTS)}}}", help="all when none is named")
    parser.add_argument("--database", choices=DATABASES, help="both where a PostgreSQL server answers")
    parser.add_argument("--quick", action="store_true", help="tiny numbers, nothing judged: does it still run?")
    parser.add_argument("--persons", type=int, help="of the register that is imported; 1000000 is what is promised")
    asked = parser.parse_args()
    if unknown := set(asked.subjects) - set(SUBJECTS):
        parser.error(f"no such subject: {', '.join(sorted(unknown))} (there are: {', '.join(SUBJECTS)})")
    # As Ctrl-C does: what was made for the run goes with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    figures.title()
    ended = [measure(name, asked) for name in ([asked.database] if asked.database else DATABASES)]
    sys.exit(max(ended))


def measure(database: str, asked: argparse.Namespace) -> int:
    with address_of(database) as url, tempfile.TemporaryDirectory(prefix="xpassfam-") as var:
        if url is None:
            return int(asked.database is not None)
        # Addresses of visitors are written by the clients: a real portal sees as many as families.
        os.environ |= {"XPASSFAM_VAR": var, "XPASSFAM_MODE": "demo", "DATABASE_URL": url}
        os.environ |= {"TRUSTED_PROXIES": "1", "LOG_LEVEL": "error"}
        command = [sys.executable, "-m", "benchmarks.measuring", *(["--quick"] if asked.quick else [])]
        command += [f"--persons={asked.persons}"] if asked.persons else []
        chosen = asked.subjects or SUBJECTS
        child = processes.start([*command, *chosen], cwd=ROOT)
        try:
            return child.wait()
        finally:
            processes.stop([child])


@contextmanager
def address_of(database: str) -> Iterator[str | None]:
    """A new database: none to make for SQLite, one of its own on PostgreSQL; None where no server answers."""
    if database == "sqlite":
        yield ""
        return
    server, why_not = postgres.find()
    if not server:
        print(f"Left out: {why_not}", flush=True)
        yield None
        return
    name = f"xpassfam_benchmarks_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
