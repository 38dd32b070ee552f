"""The key of the environment changes while the portal runs: every file opens before, meanwhile and after."""

import io
import signal
from contextlib import closing

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.portal import eventually
from tests.vault import samples, scanner
from xpassfam.vault import rotating, scanning, sealing
from xpassfam.vault.actions import keep, receive
from xpassfam.vault.models import File, Original
from xpassfam.vault.reading import chunks

NEW = "n" * 50
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def former(settings) -> str:
    """The key that locked everything until now; the new one comes first from then on."""
    return settings.FILE_KEYS[0]


def made(number: int) -> list[File]:
    def one(index: int) -> File:
        content = b"content %d" % index
        return keep([content], name="a.pdf", media_type=File.MediaType.PDF, pages=1, at=timezone.now())

    return [one(index) for index in range(number)]


def content(file: File) -> bytes:
    return b"".join(chunks(File.objects.get(pk=file.pk)))


def changed(settings) -> None:
    settings.FILE_KEYS = [NEW, *settings.FILE_KEYS]


def run() -> str:
    said = io.StringIO()
    call_command("rotate_file_keys", stdout=said, stderr=said)
    return said.getvalue()


def test_every_file_is_locked_anew_and_the_former_key_may_go(settings, former):
    files = made(7)
    changed(settings)

    said = run()
    settings.FILE_KEYS = [NEW]

    assert "7 files locked anew" in said
    assert "may be emptied" in said
    assert [content(file) for file in files] == [b"content %d" % index for index in range(7)]
    assert "0 files locked anew" in run()


def test_stopped_anywhere_it_goes_on(settings):
    files = made(7)
    changed(settings)

    with closing(rotating.rotate(batch=3)) as batches:
        assert next(batches) == 3
    assert [one.count for one in rotating.left()] == [4]
    assert all(content(file) for file in files)

    assert list(rotating.rotate(batch=3)) == [3, 1]
    assert rotating.left() == []


def test_what_waits_for_the_scanner_is_locked_anew_too(settings):
    with scanner.running() as clam:
        settings.SCANNER_URL = clam.url
        file = receive([samples.photo()], name="a.jpg", at=timezone.now())
        changed(settings)
        run()
        settings.FILE_KEYS = [NEW]
        scanning.look_again(before=timezone.now())

    assert not Original.objects.exists()
    assert content(file).startswith(b"\xff\xd8\xff")


def test_what_was_destroyed_has_no_key_and_is_left(settings):
    [file] = made(1)
    File.objects.filter(pk=file.pk).update(state=File.State.INFECTED, key_id="", wrapped_key=b"")
    changed(settings)

    assert "0 files locked anew" in run()


def test_a_key_that_is_no_longer_there_is_named_and_the_others_go_on(settings):
    made(2)
    changed(settings)
    lost = made(1)[0]
    settings.FILE_KEYS = ["p" * 50, *settings.FILE_KEYS[1:]]

    said = io.StringIO()
    with pytest.raises(CommandError, match="still needed"):
        call_command("rotate_file_keys", stdout=said, stderr=said)
    assert "2 files locked anew" in said.getvalue()
    assert f"1 files are locked by the key {lost.key_id}: it is not among ours" in said.getvalue()


def test_what_a_process_that_has_not_heard_of_it_locks_meanwhile_is_told(settings, former):
    changed(settings)
    batches = rotating.rotate()
    assert list(batches) == []
    settings.FILE_KEYS = [former]
    made(1)
    settings.FILE_KEYS = [NEW, former]

    assert [(one.count, one.is_known) for one in rotating.left()] == [(1, True)]


def test_who_read_the_row_before_still_opens_it(settings):
    [file] = made(1)
    stale = File.objects.get(pk=file.pk)
    changed(settings)
    run()

    assert b"".join(chunks(stale)) == b"content 0"
    assert stale.key_id != File.objects.get(pk=file.pk).key_id


MAKE = """
from django.utils import timezone
from xpassfam.vault.actions import keep
from xpassfam.vault.models import File
for number in range({count}):
    keep([b"content"], name="a.pdf", media_type=File.MediaType.PDF, pages=1, at=timezone.now())
"""
READ = """
from xpassfam.vault.models import File
from xpassfam.vault.reading import chunks
for _time in range({times}):
    for file in File.objects.iterator(chunk_size=20):
        assert b"".join(chunks(file)) == b"content"
"""


def test_read_and_sent_while_it_runs_and_killed_at_any_moment_every_file_opens(portal):
    portal.env |= {"XPASSFAM_FILE_KEY": "o" * 50}
    portal.run(MAKE.format(count=400))
    portal.env |= {"XPASSFAM_FILE_KEY": NEW, "XPASSFAM_OLD_FILE_KEYS": "o" * 50}
    reader = portal.start("shell", "-v0", "-c", READ.format(times=8))
    sender = portal.start("shell", "-v0", "-c", MAKE.format(count=50))
    killed = portal.start("rotate_file_keys")
    anew = f"SELECT count(*) FROM vault_file WHERE key_id = '{sealing.id_of(NEW)}'"
    eventually(lambda: killed.poll() is not None or portal.sql(anew)[0][0] > 50)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert portal.start("rotate_file_keys").wait(60) == 0
    assert [process.wait(60) for process in (reader, sender)] == [0, 0]

    del portal.env["XPASSFAM_OLD_FILE_KEYS"]
    portal.run(READ.format(times=1))
    assert portal.sql(anew) == [(450,)]
