"""What is acknowledged is on the disk; what is left over goes."""

import os
import random
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from obstore.store import MemoryStore

from tests.vault import samples
from xpassfam.vault import storage
from xpassfam.vault.actions import discard, receive, sweep
from xpassfam.vault.models import File
from xpassfam.vault.reading import chunks

LATER = timedelta(days=2)


def stored(settings) -> set[str]:
    return {path.name for path in Path(settings.VAR, "files").glob("*/*")}


@pytest.mark.django_db
def test_what_no_row_knows_is_swept_after_a_day_and_nothing_else(settings):
    kept, undone = (receive([samples.pdf()], name="a", at=timezone.now()) for _ in range(2))
    File.objects.filter(pk=undone.pk).delete()

    assert sweep(before=timezone.now() - timedelta(days=1)) == 0
    assert sweep(before=timezone.now() + timedelta(minutes=1)) == 1
    assert stored(settings) == {kept.storage_name}


@pytest.mark.django_db(transaction=True)
def test_a_content_goes_with_its_row_and_stays_if_the_row_does(settings):
    file = receive([samples.pdf()], name="a", at=timezone.now())
    name = file.storage_name
    with transaction.atomic():
        discard(file)
        transaction.set_rollback(True)
    assert stored(settings) == {name}

    with transaction.atomic():
        discard(File.objects.get())
    assert stored(settings) == set()


def test_a_writer_that_fails_leaves_nothing_under_the_name(settings):
    def broken():
        yield b"half"
        raise ZeroDivisionError

    place = storage.current()
    with pytest.raises(ZeroDivisionError):
        place.put("aabbcc", broken())
    with pytest.raises(storage.Absent):
        place.read("aabbcc", 0, 4)
    assert stored(settings) == set()


@pytest.fixture(params=["folder", "bucket"])
def place(request, tmp_path):
    return storage.Folder(tmp_path / "files") if request.param == "folder" else storage.Bucket(MemoryStore())


def test_a_folder_and_a_bucket_do_the_same(place):
    content = random.Random(2).randbytes(300_000)
    place.put("aabbcc", (content[start : start + 7000] for start in range(0, len(content), 7000)))

    assert place.read("aabbcc", 0, 400_000)[:300_000] == content
    assert place.read("aabbcc", 65_540, 1000) == content[65_540:66_540]
    assert list(place.names(before=timezone.now() + LATER)) == ["aabbcc"]
    assert list(place.names(before=timezone.now() - LATER)) == []
    place.delete("aabbcc")
    place.delete("aabbcc")
    with pytest.raises(storage.Absent):
        place.read("aabbcc", 0, 4)


def test_a_bucket_is_named_by_its_address(settings, monkeypatch):
    monkeypatch.setenv("AWS_REGION", "fr-par")
    settings.FILES_URL = "s3://files-of-ours/portal"

    assert isinstance(storage.current(), storage.Bucket)


@pytest.mark.django_db
def test_a_content_that_is_gone_is_said_to_be(settings):
    file = receive([samples.pdf()], name="a", at=timezone.now())
    storage.current().delete(file.storage_name)

    with pytest.raises(storage.Absent):
        b"".join(chunks(file))


def test_killed_while_writing_it_leaves_the_whole_or_nothing_under_the_name(settings):
    """As `kill -9` does, at several moments: a name that is there has all its bytes."""
    place, chunk = storage.current(), b"x" * 65536
    place.put("first", [chunk])  # killed before the first folder is made, the store would look away
    for number in range(6):
        name = f"{number:02}name"
        child = os.fork()
        if not child:
            place.put(name, (chunk for _ in range(400)))
            os._exit(0)
        time.sleep(0.004 * number)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        try:
            size = sum(len(place.read(name, start, len(chunk))) for start in range(0, 400 * len(chunk), len(chunk)))
        except storage.Absent:
            continue
        assert size == 400 * len(chunk)
    assert len(list(place.names(before=timezone.now() + LATER))) >= len(stored(settings))
