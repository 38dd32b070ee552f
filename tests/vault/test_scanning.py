"""A file waits in quarantine until the virus scanner has seen what came; nothing gets around it, nothing is lost."""

import logging
import struct
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.vault import samples, scanner
from xpassfam.jobs import worker
from xpassfam.vault import clamd, drawing, scanning
from xpassfam.vault.actions import copy, discard, receive, sweep
from xpassfam.vault.models import File, Original
from xpassfam.vault.reading import NotReady, chunks

pytestmark = pytest.mark.django_db(transaction=True)
INFECTED = samples.photo() + scanner.EICAR


@pytest.fixture
def clam(settings):
    with scanner.running() as running:
        settings.SCANNER_URL = running.url
        yield running


def take(content: bytes = b"", **more: object) -> File:
    return receive([content or samples.photo()], name="photo.jpg", at=timezone.now(), **more)


def stored(settings) -> set[str]:
    return {path.name for path in Path(settings.VAR, "files").glob("*/*")}


def again(file: File) -> File:
    return File.objects.get(pk=file.pk)


def all_due():
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(minutes=1))


def test_without_a_scanner_nothing_waits():
    assert take().is_ready
    assert not Original.objects.exists()


def test_what_waits_is_read_drawn_and_copied_by_nobody(clam):
    file = take()

    assert file.state == File.State.QUARANTINED
    for open_it in (
        chunks,
        lambda one: drawing.draw(one, number=1, width=100),
        lambda one: copy(one, at=timezone.now()),
    ):
        with pytest.raises(NotReady):
            open_it(file)
    with pytest.raises(NotReady):
        chunks(file, start=3)


def test_the_worker_has_it_scanned_and_then_it_opens(clam, settings):
    file = take()
    worker.drain()

    assert again(file).is_ready
    assert b"".join(chunks(again(file))).startswith(b"\xff\xd8\xff")
    assert stored(settings) == {file.storage_name}
    assert not Original.objects.exists()


def test_it_is_what_came_that_is_scanned_not_what_was_made_of_it(clam):
    take(INFECTED)
    worker.drain()

    assert clam.heard == [INFECTED]


def test_an_infected_file_is_destroyed_with_its_key(clam, settings):
    file = take(INFECTED)
    worker.drain()

    assert again(file).is_infected
    assert stored(settings) == set()
    assert (again(file).key_id, bytes(again(file).wrapped_key)) == ("", b"")
    with pytest.raises(NotReady):
        chunks(again(file))


def test_content_that_the_storage_did_not_delete_is_swept(clam, settings, monkeypatch):
    file = take(INFECTED)
    folder = type(scanning.storage.current())
    with monkeypatch.context() as patch:
        patch.setattr(folder, "delete", lambda *_words: (_ for _ in ()).throw(OSError("the disk is away")))
        worker.drain()
    assert again(file).is_infected
    assert len(stored(settings)) == 2

    assert sweep(before=timezone.now() + timedelta(minutes=1)) == 2
    assert stored(settings) == set()


def test_what_waits_is_not_swept(clam, settings):
    take()

    assert sweep(before=timezone.now() + timedelta(minutes=1)) == 0
    assert len(stored(settings)) == 2


def test_what_is_taken_back_while_it_waits_leaves_nothing(clam, settings):
    discard(take())
    worker.drain()

    assert stored(settings) == set()
    assert clam.heard == []


def test_what_the_portal_made_itself_does_not_wait(clam):
    assert take(is_ours=True).is_ready


@pytest.mark.parametrize("mood", ["hangs up", "halves", "errs", "silent"])
def test_a_scanner_that_fails_lets_nothing_through_and_is_asked_again(clam, mood, monkeypatch):
    monkeypatch.setattr(clamd, "ANSWER_SECONDS", 0.3)
    clam.mood = mood
    file = take(INFECTED)
    worker.drain()

    assert again(file).state == File.State.QUARANTINED
    assert DBTaskResult.objects.get(task_path__endswith="scan").status == "READY"

    clam.mood = "well"
    all_due()
    worker.drain()
    assert again(file).is_infected


def test_a_scanner_that_is_away_is_asked_later_each_time_for_weeks(settings):
    settings.SCANNER_URL = "tcp://127.0.0.1:1"
    file = take()
    for _number in range(12):
        all_due()
        worker.drain()

    row = DBTaskResult.objects.get(task_path__endswith="scan")
    assert (row.status, len(row.worker_ids)) == ("READY", 12)
    assert again(file).state == File.State.QUARANTINED
    assert scanning.TRIES * timedelta(minutes=30) > timedelta(weeks=3)  # the shortest of the longest waits


def test_once_it_is_back_what_waits_does_not_wait_for_the_end_of_its_pause(clam):
    clam.mood = "hangs up"
    files = [take(), take()]
    worker.drain()
    clam.mood = "well"

    scanning.look_again(before=timezone.now() + timedelta(seconds=1))

    assert all(again(file).is_ready for file in files)


def test_one_file_that_it_has_no_verdict_on_does_not_hold_the_others_up(clam):
    lost, good = take(), take()
    scanning.storage.current().delete(lost.original.storage_name)

    scanning.look_again(before=timezone.now() + timedelta(seconds=1))

    assert again(lost).state == File.State.QUARANTINED
    assert again(good).is_ready


def test_the_log_says_how_many_wait_for_a_scanner_that_is_away(settings, caplog):
    settings.SCANNER_URL = "tcp://127.0.0.1:1"
    take()
    take()
    with caplog.at_level(logging.ERROR):
        scanning.look_again(before=timezone.now() + timedelta(seconds=1))

    assert "does not answer" in caplog.text
    assert "2 files wait" in caplog.text
    count, since = scanning.backlog(before=timezone.now() + timedelta(seconds=1))
    assert (count, since) == (2, File.objects.earliest("pk").received_at)


def test_a_scanner_that_is_no_longer_set_lets_nothing_through(clam, settings):
    file = take()
    settings.SCANNER_URL = ""
    worker.drain()
    scanning.look_again(before=timezone.now() + timedelta(seconds=1))

    assert again(file).state == File.State.QUARANTINED


def test_a_socket_of_the_machine_serves_too(settings, tmp_path):
    import socket
    import threading

    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "clamd"))
    listener.listen()

    def answer():
        link, _address = listener.accept()
        heard = b""
        while not heard.endswith(struct.pack("!I", 0)):
            heard += link.recv(65536)
        link.sendall(b"stream: OK\0")
        link.close()

    thread = threading.Thread(target=answer)
    thread.start()
    settings.SCANNER_URL = f"unix://{tmp_path}/clamd"

    assert clamd.found_in([b"abc", b"def"]) == ""
    thread.join()
    listener.close()
