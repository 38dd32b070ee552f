"""A running portal reads its secrets again at SIGHUP; sessions of the former key live on."""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core import signing

from benchmarks.browser import CSRF, Browser
from house.environment import ROOT

PATIENCE_SECONDS = 180
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")


class Family:
    """Somebody of the demo, signed in; a connection for each page, as those kept open end with their process."""

    def __init__(self, portal) -> None:
        self.port, self.cookies = portal.port, {"csrf": CSRF}
        _, known = self._browser().get("/demo/comptes.json")
        accounts = json.loads(known)["accounts"]
        someone = next(a for a in accounts if a["role"] == "family" and a["active"] and a["password"])
        assert self.post("/connexion/", username=someone["email"], password=someone["password"]) == 302

    def get(self, path: str) -> int:
        return self._browser().get(path)[0]

    def post(self, path: str, **fields: str) -> int:
        return self._browser().post(path, fields)[0]

    def _browser(self) -> Browser:
        browser = Browser(self.port)
        browser.cookies = self.cookies
        return browser


class Keys:
    """The files that hold them."""

    def __init__(self, folder: Path) -> None:
        self.present, self.former = folder / "key", folder / "former"

    def write(self, present: str, *former: str) -> None:
        self.present.write_text(present)
        self.former.write_text(" ".join(former))


@pytest.fixture
def keys(tmp_path):
    return Keys(tmp_path)


@pytest.fixture
def portal(keys, tmp_path, portal_var):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    keys.write("first-" + "k" * 60)
    settings = {"XPASSFAM_VAR": str(portal_var), "PORT": str(port), "XPASSFAM_MODE": "demo", "DATABASE_URL": ""}
    settings |= {"SECRET_KEY_FILE": str(keys.present), "OLD_SECRET_KEYS_FILE": str(keys.former)}
    with (tmp_path / "output").open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "house.serve"],
            cwd=ROOT,
            env=os.environ | settings,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    process.port, process.output = port, tmp_path / "output"
    wait_until(lambda: "Ctrl-C" in process.output.read_text() and has_working_worker(process.pid), process)
    yield process
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def portal_var(tmp_path_factory):
    return tmp_path_factory.mktemp("var")


def wait_until(condition, portal) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, portal.output.read_text()
        time.sleep(0.1)


def children() -> dict[int, tuple[int, bytes]]:
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            found[int(entry.name)] = parent, (entry / "cmdline").read_bytes()
        except OSError:
            continue
    return found


def workers_of(portal: int) -> set[int]:
    """The worker, and the processes that serve pages."""
    every = children()
    direct = {pid for pid, (parent, _) in every.items() if parent == portal}
    serving = {pid for pid, (parent, line) in every.items() if parent in direct and b"granian" in line}
    return serving | {pid for pid in direct if b"manage.py\0work" in every[pid][1]}


def has_working_worker(portal: int) -> bool:
    """Whether the worker has opened the database: by then it has read its settings."""
    workers = [pid for pid, (parent, line) in children().items() if parent == portal and b"manage.py\0work" in line]
    return any(".sqlite3" in path for pid in workers for path in opened_by(pid))


def opened_by(pid: int) -> list[str]:
    """Files that a process has open; what it closes while one looks is none."""
    found = []
    with contextlib.suppress(FileNotFoundError):
        for file in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(FileNotFoundError):
                found.append(os.readlink(file))
    return found


def renew(portal) -> None:
    """Send the signal; wait until none of the processes of before is left."""
    before = workers_of(portal.pid)
    portal.send_signal(signal.SIGHUP)
    wait_until(lambda: len(now := workers_of(portal.pid)) >= 3 and not now & before, portal)


def message_after_signing_out(portal) -> str:
    """A cookie that the portal signs: what the next page is to say."""
    family = Family(portal)
    assert family.post("/deconnexion/") == 302
    return family.cookies["messages"].strip('"')


def is_signed_by(value: str, key: str) -> bool:
    signer = signing.TimestampSigner(key=b"django.http.cookies" + key.encode(), salt="django.contrib.messages")
    try:
        signer.unsign(value)
    except signing.BadSignature:
        return False
    return True


def test_a_new_key_signs_after_the_signal_and_sessions_of_the_former_one_live(portal, keys):
    first, second = keys.present.read_text(), "second-" + secrets.token_urlsafe(48)
    family, quiet = Family(portal), Family(portal)
    assert is_signed_by(message_after_signing_out(portal), first)

    keys.write(second, first)
    assert is_signed_by(message_after_signing_out(portal), first), "nothing changes without the signal"
    renew(portal)

    said = message_after_signing_out(portal)
    assert is_signed_by(said, second)
    assert not is_signed_by(said, first)
    assert family.get("/mon-compte/") == 200

    keys.write(second)
    renew(portal)
    assert family.get("/mon-compte/") == 200, "it has passed to the new key"
    assert quiet.get("/mon-compte/") == 302, "the key it hung on is gone"


def test_a_page_asked_for_meanwhile_is_answered(portal):
    family = Family(portal)
    before = workers_of(portal.pid)
    portal.send_signal(signal.SIGHUP)
    asked = 0
    while workers_of(portal.pid) & before:
        assert family.get("/mon-compte/") == 200
        asked += 1
    assert asked > 5


def test_settings_that_can_t_be_used_change_nothing(portal, keys):
    before = workers_of(portal.pid)
    keys.present.unlink()
    portal.send_signal(signal.SIGHUP)
    wait_until(lambda: "Settings are kept as they were. SECRET_KEY_FILE" in portal.output.read_text(), portal)
    assert workers_of(portal.pid) == before
    assert Family(portal).get("/mon-compte/") == 200


def test_a_closed_terminal_still_ends_it():
    """`./run` in a window that is closed: nothing stays behind."""
    code = (
        "import os, pty, sys, time\n"
        "pid, terminal = pty.fork()\n"
        "if pid == 0: os.execv(sys.executable, [sys.executable, '-c', sys.argv[1]])\n"
        "time.sleep(1); os.close(terminal); print(os.waitpid(pid, 0)[1], flush=True)\n"
    )
    inner = (
        "import signal, sys, time\n"
        "from house import serve\n"
        "signal.signal(signal.SIGHUP, serve.Renewal().on_signal)\n"
        "try: time.sleep(20)\n"
        "except serve.Stop: sys.exit(7)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, inner], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
    )
    assert os.waitstatus_to_exitcode(int(ended.stdout)) == 7
