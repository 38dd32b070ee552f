"""The portal as `./run` starts it: it answers, ends whole, and starts again after any end."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from house.environment import ROOT

PATIENCE_SECONDS = 180


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """One folder for all: what a start finds there is what the one before left."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def surroundings(var):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    places = {"XPASSFAM_VAR": str(var), "PORT": str(port), "XPASSFAM_MODE": "demo", "DATABASE_URL": ""}
    return os.environ | places


@pytest.fixture
def start(surroundings, tmp_path):
    """Start the portal; what is still there at the end is killed."""
    started = []

    def begin() -> subprocess.Popen[bytes]:
        with (tmp_path / "output").open("ab") as output:
            portal = subprocess.Popen(
                [sys.executable, "-m", "house.serve"], cwd=ROOT, env=surroundings, stdout=output, stderr=output
            )
        started.append(portal)
        return portal

    yield begin
    for portal in started:
        portal.kill()
        portal.wait()


def status(surroundings, path: str) -> int:
    """The answer's status; 0 where nobody answers."""
    try:
        return urllib.request.urlopen(f"http://127.0.0.1:{surroundings['PORT']}{path}", timeout=5).status
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return 0


def wait_until(condition) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def family_of(pid: int) -> set[int]:
    """A process and all that descend from it."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = entry.read_text().rpartition(")")
        except OSError:
            continue
        parents[int(name.split()[0])] = int(rest.split()[1])
    family = {pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def said(tmp_path) -> str:
    return (tmp_path / "output").read_text(encoding="utf-8")


def test_it_answers_says_where_to_go_and_ends_at_a_signal(start, surroundings, tmp_path):
    portal = start()
    assert wait_until(lambda: "/connexion/" in said(tmp_path)), said(tmp_path)
    assert status(surroundings, "/sante/prete") == 200
    assert re.search(r"A family +\S+@example\.org  \S+", said(tmp_path))
    assert re.search(r"An administrator +\S+@\S+  \S+", said(tmp_path))

    portal.send_signal(signal.SIGINT)

    assert portal.wait(PATIENCE_SECONDS) == 0
    assert status(surroundings, "/sante/prete") == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_after_kill_9_nothing_is_left_and_it_starts_again(start, surroundings, tmp_path):
    portal = start()
    assert wait_until(lambda: "Ctrl-C" in said(tmp_path)), said(tmp_path)
    assert wait_until(lambda: len(family_of(portal.pid)) >= 5), "launcher, server, its two processes, worker"
    everyone = family_of(portal.pid)

    portal.kill()
    portal.wait()

    assert wait_until(lambda: not any(map(is_alive, everyone)))
    start()
    assert wait_until(lambda: status(surroundings, "/sante/prete") == 200), said(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are counted in /proc")
def test_a_worker_that_dies_is_replaced(start, tmp_path):
    portal = start()
    assert wait_until(lambda: "Ctrl-C" in said(tmp_path)), said(tmp_path)
    assert wait_until(lambda: workers(portal.pid))
    [first] = workers(portal.pid)

    os.kill(first, signal.SIGKILL)

    assert wait_until(lambda: workers(portal.pid) - {first}), said(tmp_path)


def workers(portal: int) -> set[int]:
    return {pid for pid in family_of(portal) if b"manage.py\0work" in command_line(pid)}


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def test_a_taken_port_is_said_plainly(start, surroundings, tmp_path):
    with socket.create_server(("127.0.0.1", int(surroundings["PORT"]))):
        portal = start()

        assert portal.wait(PATIENCE_SECONDS) == 1
    assert f"Port {surroundings['PORT']} is already taken" in said(tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRUSTED_PROXIES", "some"),
        ("HOST", "no-such-host.invalid"),
        ("HOST", "192.0.2.7"),
        ("SMTP_URL", "localhost:25"),
        ("DATABASE_URL", "mysql://localhost/xpassfam"),
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/xpassfam"),
    ],
)
def test_a_bad_setting_is_said_plainly(name, value, start, surroundings, tmp_path):
    surroundings[name] = value

    assert start().wait(PATIENCE_SECONDS) == 1
    assert f"Xpassfam can't start. {name}: " in said(tmp_path)
    assert "Traceback" not in said(tmp_path)
