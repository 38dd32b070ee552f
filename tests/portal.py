"""A portal of its own for tests that start and kill real processes: a database that they all see.

Of the kind the tests run on: a file for SQLite, a new database of the same server for PostgreSQL.
All rooms share `portal_template`.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

ROOT = Path(__file__).parents[1]
FILE = "xpassfam.sqlite3"


class Portal:
    def __init__(self, var: Path, database_url: str) -> None:
        self.var, self.database_url = var, database_url
        self.env = os.environ | {"XPASSFAM_VAR": str(var), "DATABASE_URL": database_url, "PYTHONPATH": _python_path()}
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
        """Start `manage.py …`; what still runs when the test ends is killed."""
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        process = subprocess.Popen(command, cwd=ROOT, env=self.env | more)
        self.processes.append(process)
        return process

    def run(self, code: str) -> None:
        """Run Python code in the portal, and wait for its end."""
        assert self.start("shell", "-v0", "-c", code).wait(60) == 0

    def sql(self, statement: str) -> list[tuple]:
        if self.database_url:
            with psycopg.connect(self.database_url) as connection:
                cursor = connection.execute(statement)
                return cursor.fetchall() if cursor.description else []
        with sqlite3.connect(self.var / FILE, timeout=20) as connection:
            return connection.execute(statement).fetchall()

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait()


def eventually(condition: Callable[[], object], *, within: float = 120) -> None:
    end = time.monotonic() + within
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture(scope="session")
def portal_template(tmp_path_factory) -> Iterator[Portal]:
    """Migrated once, copied by each test."""
    var = tmp_path_factory.mktemp("portal")
    url = _create_database(f"portal_{os.getpid()}")
    template = Portal(var, url)
    assert template.start("migrate", "-v0").wait(120) == 0
    yield template
    _drop_database(url)


@pytest.fixture
def portal(portal_template, tmp_path) -> Iterator[Portal]:
    with copy_of(portal_template, tmp_path) as portal:
        yield portal


@contextmanager
def copy_of(template: Portal, var: Path, *, name: str = "copy") -> Iterator[Portal]:
    url = _create_database(f"portal_{os.getpid()}_{name}", template=template.database_url)
    if not url:
        shutil.copy(template.var / FILE, var / FILE)
    portal = Portal(var, url)
    yield portal
    portal.stop()
    _drop_database(url)


def _create_database(name: str, *, template: str = "") -> str:
    """The address of a new database beside the one the tests use; nothing when they use SQLite."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        return ""
    copied = f" TEMPLATE {urlsplit(template).path[1:]}" if template else ""
    with _server() as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}{copied}")
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _server() -> psycopg.Connection:
    """The database that is always there: the one of the tests has been given another name by then."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres").geturl()
    return psycopg.connect(address, autocommit=True)


def _drop_database(url: str) -> None:
    if url:
        with _server() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {urlsplit(url).path[1:]} WITH (FORCE)")


def _python_path() -> str:
    return os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
