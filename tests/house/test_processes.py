"""What is started ends with what started it."""

import os
import signal
import subprocess
import sys
import time

import pytest

from house import processes
from house.environment import ROOT

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
# Ignores a polite request, and has a child that does too.
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print(child.pid, file=open(sys.argv[1], 'w'), flush=True); time.sleep(60)",
]


def is_alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as status:
            return status.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for_end(pid: int) -> None:
    deadline = time.monotonic() + 5
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)


def test_stopping_ends_every_child():
    children = [processes.start(SLEEPER, cwd=ROOT) for _ in range(2)]

    processes.stop(children)

    assert [child.poll() for child in children] == [-signal.SIGTERM, -signal.SIGTERM]


def test_who_does_not_listen_is_ended_with_its_children(tmp_path):
    note = tmp_path / "grandchild"
    child = processes.start([*STUBBORN, str(note)], cwd=ROOT)
    while not (note.exists() and note.read_text().endswith("\n")):
        time.sleep(0.02)

    processes.stop([child], grace=0.1)
    wait_for_end(int(note.read_text()))

    assert child.poll() == -signal.SIGKILL
    assert not is_alive(int(note.read_text()))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_children_end_when_their_parent_is_killed():
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"from house import processes; print(processes.start({SLEEPER!r}, cwd='.').pid, flush=True);"
            "import time; time.sleep(60)",
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    child = int(parent.stdout.readline())

    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    wait_for_end(child)

    assert not is_alive(child)
