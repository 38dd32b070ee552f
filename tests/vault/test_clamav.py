"""ClamAV itself, knowing one virus that is none: what is infected reaches nobody, even when it is killed half-way."""

import shutil
import signal
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.vault import samples
from tests.vault.scanner import EICAR
from xpassfam.jobs import worker
from xpassfam.vault import clamd, scanning
from xpassfam.vault.actions import receive
from xpassfam.vault.models import File
from xpassfam.vault.reading import chunks

PROGRAM = shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not PROGRAM, reason="clamd is absent: apt-get install clamav-daemon"),
]
# Its only signature: that text, anywhere. No other is looked for, and none is downloaded.
SIGNATURE = f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n"
CONFIGURATION = """
Foreground yes
LocalSocket {folder}/clamd.ctl
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
LogFile {folder}/clamd.log
MaxThreads 2
"""


class Clamd:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "signatures").mkdir()
        (folder / "signatures" / "eicar.ndb").write_text(SIGNATURE)
        (folder / "clamd.conf").write_text(CONFIGURATION.format(folder=folder))
        self.start()

    @property
    def url(self) -> str:
        return f"unix://{self.folder}/clamd.ctl"

    def start(self) -> None:
        command = [PROGRAM, f"--config-file={self.folder}/clamd.conf"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while True:
            try:
                assert clamd.found_in([b"nothing"]) == ""
                return
            except clamd.Away:
                assert time.monotonic() < end, (self.folder / "clamd.log").read_text()
                time.sleep(0.05)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def clam(settings, tmp_path_factory):
    # A socket's name has 107 bytes at most: shorter than some folders of tests.
    folder = tmp_path_factory.mktemp("c")
    settings.SCANNER_URL = f"unix://{folder}/clamd.ctl"
    running = Clamd(folder)
    yield running
    running.kill()


def take(content: bytes) -> File:
    return receive([content], name="photo.jpg", at=timezone.now())


def again(file: File) -> File:
    return File.objects.get(pk=file.pk)


@pytest.mark.parametrize(
    "content",
    [
        samples.photo() + EICAR,
        samples.photo("PNG") + EICAR,
        samples.pdf() + EICAR,
        samples.heic() + EICAR,
    ],
    ids=["jpeg", "png", "pdf", "heic"],
)
def test_what_it_finds_reaches_nobody_and_the_rest_does(clam, content):
    bad, good = take(content), take(samples.photo())
    worker.drain()

    assert again(bad).is_infected
    assert b"".join(chunks(again(good))).startswith(b"\xff\xd8\xff")


def test_it_takes_the_largest_file_that_we_take(clam):
    large = take(samples.written_large())
    worker.drain()

    assert again(large).is_ready


def test_killed_in_the_middle_nothing_is_lost_and_nothing_let_through(clam, monkeypatch):
    """Half of each file is read to it, then it dies: as often as files wait."""
    files = [take(samples.written_large(2_000_000) + EICAR), take(samples.photo())]
    read = scanning.unlocked

    def killed_half_way(original):
        for number, chunk in enumerate(read(original)):
            yield chunk
            if number == original.size // 65536 // 2:
                clam.kill()

    with monkeypatch.context() as patch:
        patch.setattr(scanning, "unlocked", killed_half_way)
        for _file in files:
            worker.drain()
            scanning.look_again(before=timezone.now() + timedelta(minutes=1))
    assert {again(file).state for file in files} == {File.State.QUARANTINED}

    clam.start()
    scanning.look_again(before=timezone.now() + timedelta(minutes=1))
    assert [again(file).state for file in files] == [File.State.INFECTED, File.State.READY]
