"""So many children at once: one more waits a while, then is told to come back."""

import subprocess
import sys
import time
from contextlib import ExitStack

import pytest
from django.utils import timezone

from tests.portal import ROOT
from tests.vault import samples
from xpassfam.vault import drawing
from xpassfam.vault.actions import Refused, receive
from xpassfam.vault.limits import AT_ONCE
from xpassfam.vault.turns import Busy, turn

HOLD = """
import fcntl, os, sys, time
for number in range(int(sys.argv[2])):
    fcntl.flock(os.open(f"{sys.argv[1]}/{number}", os.O_WRONLY | os.O_CREAT), fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def others(settings):
    """Another process of the portal has every child at work."""
    (settings.VAR / "children").mkdir()
    command = [sys.executable, "-c", HOLD, str(settings.VAR / "children"), str(AT_ONCE)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_turn_is_taken_while_one_is_left_and_given_back():
    with ExitStack() as held:
        for _number in range(AT_ONCE):
            held.enter_context(turn(patience=0))
        with pytest.raises(Busy), turn(patience=0):
            pass
    with turn(patience=0):
        pass


def test_a_process_that_dies_gives_its_turns_back(others):
    began = time.monotonic()
    with pytest.raises(Busy), turn(patience=0.2):
        pass
    assert time.monotonic() - began >= 0.2

    others.kill()
    with turn(patience=5):
        pass


@pytest.mark.django_db
def test_a_file_that_finds_no_turn_is_not_taken_and_may_come_again(others):
    with pytest.raises(Refused) as refusal:
        receive([samples.pdf()], name="a.pdf", at=timezone.now())
    assert refusal.value.code == "busy"

    others.kill()
    file = receive([samples.pdf()], name="a.pdf", at=timezone.now())
    assert drawing.draw(file, number=1, width=480)
