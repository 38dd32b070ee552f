"""A portal of its own for tests that start and kill real processes: a database that they all see.

Of the kind the tests run on: a file for SQLite, a new database of the same server for PostgreSQL.
All rooms share `portal_template`, which is the tests' own database as the migrations left it.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection
from psycopg import sql

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
            with psycopg.connect(self.database_url) as own:
                cursor = own.execute(statement)
                return cursor.fetchall() if cursor.description else []
        with sqlite3.connect(self.var / FILE, timeout=20) as own:
            return own.execute(statement).fetchall()

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
def portal_place(tmp_path_factory) -> Iterator[Portal]:
    """Where `take_template` puts it."""
    url = _address(f"portal_{os.getpid()}")
    yield Portal(tmp_path_factory.mktemp("portal"), url)
    _drop_database(url)


@pytest.fixture(scope="session")
def portal_template(portal_place, django_db_setup) -> Portal:
    """Migrated once, copied by each test."""
    return portal_place


def take_template(place: Portal) -> None:
    """Of the tests' database, before a first test or fixture writes in it."""
    if place.database_url:
        name = connection.settings_dict["NAME"]
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # a template is copied while nobody is there
        _create_database(place.database_url, template=name)
    else:
        connection.ensure_connection()
        with closing(sqlite3.connect(place.var / FILE)) as file:
            connection.connection.backup(file)


@pytest.fixture
def portal(portal_template, tmp_path) -> Iterator[Portal]:
    with copy_of(portal_template, tmp_path) as portal:
        yield portal


@contextmanager
def copy_of(template: Portal, var: Path, *, name: str = "copy") -> Iterator[Portal]:
    url = _address(f"portal_{os.getpid()}_{name}")
    if url:
        _create_database(url, template=_name(template.database_url))
    else:
        shutil.copy(template.var / FILE, var / FILE)
    portal = Portal(var, url)
    yield portal
    portal.stop()
    _drop_database(url)


def _address(name: str) -> str:
    """Of a database beside the one the tests use; nothing when they use SQLite."""
    server = os.environ.get("DATABASE_URL", "")
    return urlsplit(server)._replace(path=f"/{name}").geturl() if server else ""


def _name(url: str) -> str:
    return urlsplit(url).path[1:]


def _create_database(url: str, *, template: str) -> None:
    with _server() as server:
        names = sql.Identifier(_name(url)), sql.Identifier(template)
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(names[0]))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))


def _server() -> psycopg.Connection:
    """The database that is always there: the one of the tests has been given another name by then."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres").geturl()
    return psycopg.connect(address, autocommit=True)


def _drop_database(url: str) -> None:
    if url:
        with _server() as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_name(url))))


def _python_path() -> str:
    return os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
