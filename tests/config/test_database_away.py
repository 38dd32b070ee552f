"""A database that went away is told at once; one that is busy is waited for; one that is back serves at once."""

import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from house import postgres
from house.environment import ROOT
from tests.journeys.site import surroundings
from xpassfam.config import services
from xpassfam.config.postgresql import base
from xpassfam.organisation.reaching import ANSWER_SECONDS, answers

PAGES = """
import time
from django.test import Client
import django
django.setup()
client = Client(raise_request_exception=False)
client.cookies["session"] = "k" * 32
for _ in range(3):
    start = time.monotonic()
    status = client.get("/mon-compte/").status_code
    print(status, round(time.monotonic() - start, 1))
"""


@pytest.fixture(autouse=True)
def _nothing_seen_before(monkeypatch, django_db_blocker):
    """These connections are the tests' own: nothing of the portal's data is behind them."""
    monkeypatch.setattr(base.DatabaseWrapper, "seen_at", -10.0)
    monkeypatch.setattr(base.DatabaseWrapper, "was_there", True)
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def refusing():
    """A port where nobody listens."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture
def silent():
    """A port that takes what it is sent, and says nothing."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        yield listening.getsockname()[1]


@pytest.fixture
def slow():
    """A port that takes a while to say its word, once."""

    def serve(listening: socket.socket) -> None:
        with listening.accept()[0] as asked:
            asked.recv(8)
            time.sleep(1.3)
            asked.sendall(b"N")

    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        threading.Thread(target=serve, args=(listening,), daemon=True).start()
        yield listening.getsockname()[1]


@pytest.fixture
def server() -> str:
    address, absent = postgres.find()
    if not address:
        pytest.fail(absent) if os.environ.get("CI") == "true" else pytest.skip(absent)
    return address


class Relay:
    """Carries bytes to the server while it is `up`; cut, it drops all of them and takes no more."""

    def __init__(self, server: str) -> None:
        parts = urlsplit(server)
        self.target = (parts.hostname, parts.port or 5432)
        self.open: list[socket.socket] = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.serve, args=(self.listening,), daemon=True).start()

    def serve(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                here, there = listening.accept()[0], socket.create_connection(self.target)
                self.open += [here, there]
                for pair in ((here, there), (there, here)):
                    threading.Thread(target=self.carry, args=pair, daemon=True).start()

    def carry(self, here: socket.socket, there: socket.socket) -> None:
        with suppress(OSError):
            while data := here.recv(65_536):
                there.sendall(data)

    def cut(self) -> None:
        for one in [self.listening, *self.open]:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self.open.clear()

    def mend(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.serve, args=(self.listening,), daemon=True).start()


def described(url: str, tmp_path, **pool: object) -> dict:
    found = services.database(url, var=tmp_path)
    found["OPTIONS"]["pool"] |= pool
    return found


def opened(database: dict):
    """Pools go by name: this one is none of the portal's."""
    name = f"away-{database['PORT']}"
    return ConnectionHandler({"default": database, name: database})[name]


def seconds_to_refuse(connection) -> float:
    start = time.monotonic()
    with pytest.raises(OperationalError):
        connection.ensure_connection()
    return time.monotonic() - start


def ask(connection) -> None:
    """As a request does: it takes a connection and gives it back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    connection.close()


# What a machine that hangs costs more than one that refuses: a word is waited for.
@pytest.mark.parametrize(("port", "word_seconds"), [("refusing", 0), ("silent", ANSWER_SECONDS)])
def test_who_comes_first_waits_and_the_next_not_at_all(port, word_seconds, request, tmp_path):
    connection = opened(described(f"postgresql://u@127.0.0.1:{request.getfixturevalue(port)}/x", tmp_path))

    assert seconds_to_refuse(connection) < 1.5 + word_seconds
    assert seconds_to_refuse(connection) < 0.2
    time.sleep(base.KEPT_SECONDS)
    assert seconds_to_refuse(connection) < 0.5 + word_seconds  # it is looked for again: as long as a question
    connection.close_pool()


@pytest.mark.parametrize(("port", "word_seconds"), [("refusing", 0), ("silent", ANSWER_SECONDS)])
def test_a_page_says_it_within_seconds(port, word_seconds, request, tmp_path):
    url = f"postgresql://u@127.0.0.1:{request.getfixturevalue(port)}/x"
    told = subprocess.run(
        [sys.executable, "-c", PAGES],
        cwd=ROOT,
        env=surroundings(tmp_path) | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "xpassfam.config.settings"},
        capture_output=True,
        text=True,
        check=True,
        timeout=90,
    )
    first, *others = [line.split() for line in told.stdout.splitlines()]
    assert first[0] == "503"
    assert float(first[1]) < 3 + word_seconds, told.stdout
    assert [status for status, _ in others] == ["503", "503"]
    assert all(float(seconds) < 2 for _, seconds in others), told.stdout


def test_a_server_slow_to_say_its_word_is_there(slow):
    assert answers("127.0.0.1", str(slow))


def test_a_busy_pool_is_waited_for(server, tmp_path):
    database = described(server, tmp_path, max_size=1)
    first = opened(database)
    first.ensure_connection()
    done = []

    def wait() -> None:
        ask(opened(database))
        done.append(True)

    waiting = threading.Thread(target=wait)
    waiting.start()
    time.sleep(2.5)
    assert not done
    first.close()
    waiting.join(10)
    assert done
    first.close_pool()


@pytest.mark.parametrize("away_seconds", [1, 12])
def test_it_serves_as_soon_as_it_is_back(server, tmp_path, away_seconds):
    relay = Relay(server)
    parts = urlsplit(server)
    user = parts.netloc.rpartition("@")[0]
    connection = opened(described(urlunsplit(parts._replace(netloc=f"{user}@127.0.0.1:{relay.port}")), tmp_path))
    ask(connection)
    relay.cut()
    end = time.monotonic() + away_seconds
    while time.monotonic() < end:
        assert seconds_to_refuse(connection) < 1.5 + ANSWER_SECONDS
        time.sleep(0.2)
    relay.mend()
    start = time.monotonic()
    while True:
        with suppress(OperationalError):
            ask(connection)
            break
        time.sleep(0.1)
    assert time.monotonic() - start < base.KEPT_SECONDS + 2
    connection.close_pool()
    relay.cut()
