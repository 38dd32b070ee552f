"""Files are locked: nothing is read without the key, and nothing that was touched is read at all."""

from pathlib import Path

import pytest
from django.utils import timezone

from tests.vault import samples
from xpassfam.vault import sealing, storage
from xpassfam.vault.actions import receive
from xpassfam.vault.reading import chunks
from xpassfam.vault.sealing import PIECE, Damaged, UnknownKey

KEY = bytes(range(32))


def seal(content: bytes, *, step: int = 1000) -> bytes:
    parts = [content[start : start + step] for start in range(0, len(content), step)]
    return b"".join(sealing.locked(parts, KEY))


def unseal(sealed: bytes, *, size: int, start: int = 0) -> bytes:
    return b"".join(sealing.opened(lambda where, length: sealed[where : where + length], KEY, size=size, start=start))


@pytest.mark.parametrize("size", [1, 15, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 5])
@pytest.mark.parametrize("step", [7, PIECE, 10**6])
def test_what_was_locked_is_read_again(size, step):
    content = bytes(number % 251 for number in range(size))

    assert unseal(seal(content, step=step if size < 100_000 else max(step, 999)), size=size) == content


@pytest.mark.parametrize("start", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 17])
def test_it_is_read_from_any_byte(start):
    content = bytes(number % 251 for number in range(3 * PIECE))

    assert unseal(seal(content), size=len(content), start=start) == content[start:]


def test_one_changed_byte_is_seen_wherever_it_is():
    content = b"a" * (PIECE + 100)
    sealed = seal(content)
    for where in (0, 4, 5, PIECE, len(sealed) - 1):
        touched = bytearray(sealed)
        touched[where] ^= 1
        with pytest.raises(Damaged):
            unseal(bytes(touched), size=len(content))


def test_a_file_that_was_cut_is_seen_even_between_pieces():
    content = b"a" * (2 * PIECE)
    sealed = seal(content)
    one_piece = sealed[: 4 + PIECE + sealing.TAG]

    with pytest.raises(Damaged):
        unseal(one_piece, size=len(content))
    with pytest.raises(Damaged):
        unseal(one_piece, size=PIECE)


def test_pieces_that_were_exchanged_are_seen():
    content = b"a" * PIECE + b"b" * PIECE + b"c"
    sealed, whole = seal(content), PIECE + sealing.TAG
    first, second, rest = sealed[4 : 4 + whole], sealed[4 + whole : 4 + 2 * whole], sealed[4 + 2 * whole :]

    with pytest.raises(Damaged):
        unseal(sealed[:4] + second + first + rest, size=len(content))


@pytest.mark.django_db
class TestKeys:
    @pytest.fixture
    def file(self):
        return receive([samples.pdf()], name="a.pdf", at=timezone.now())

    def test_nothing_of_the_content_lies_in_clear(self, file, settings):
        [path] = Path(settings.VAR, "files").glob("*/*")

        assert b"PDF" not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0

    def test_a_former_key_still_opens(self, file, settings):
        settings.FILE_KEYS = ["n" * 50, *settings.FILE_KEYS]

        assert b"".join(chunks(file)).startswith(b"%PDF-")
        assert receive([samples.pdf()], name="b.pdf", at=timezone.now()).key_id == sealing.id_of("n" * 50)

    def test_a_key_that_is_no_longer_there_is_named_with_what_to_do(self, file, settings):
        former = sealing.id_of(settings.FILE_KEYS[0])
        settings.FILE_KEYS = ["n" * 50]

        with pytest.raises(UnknownKey, match=f"{former}.*XPASSFAM_OLD_FILE_KEYS"):
            chunks(file)

    def test_the_key_of_one_file_opens_no_other(self, file):
        other = receive([samples.pdf(2)], name="b.pdf", at=timezone.now())
        file.wrapped_key = other.wrapped_key

        with pytest.raises(Damaged):
            chunks(file)

    def test_a_content_put_in_place_of_another_is_not_read(self, file):
        other = receive([samples.pdf(2)], name="b.pdf", at=timezone.now())
        place = storage.current()
        place.put(file.storage_name, [place.read(other.storage_name, 0, 10**6)])

        with pytest.raises(Damaged):
            b"".join(chunks(file))
