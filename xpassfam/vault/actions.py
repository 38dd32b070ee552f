"""How a file comes in, and how it goes."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO

from django.db import transaction

from xpassfam.rules.identifiers import new_public_id
from xpassfam.vault import children, sealing, storage, turns
from xpassfam.vault.limits import MOST_BYTES
from xpassfam.vault.models import File
from xpassfam.vault.reading import chunks

CHUNK = 64 * 1024
LONGEST_NAME = 120
ENDINGS = {File.MediaType.PDF: ".pdf", File.MediaType.JPEG: ".jpg", File.MediaType.PNG: ".png"}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


class Refused(Exception):
    """A file that is not taken; `words.refusal` says why, and what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def receive(chunks: Iterable[bytes], *, name: str, at: datetime) -> File:
    """Judge a file by its content, make it harmless, lock it and keep it; raise Refused.

    It is written before its row is: call this outside a transaction, and what refers to the file in one. A file that
    nothing refers to is the caller's to `discard`.
    """
    # Without a name: they are gone with the process, whatever ends it.
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as result:
        _spool(chunks, source)
        answer = _cleaned(source, result)
        media_type = File.MediaType(str(answer["media_type"]))
        key, storage_name, digest = sealing.new_key(), new_public_id(), hashlib.sha256()
        key_id, wrapped = sealing.wrap(key, name=storage_name)
        storage.current().put(storage_name, sealing.locked(_read(result, digest), key))
        return File.objects.create(
            name=_called(name, media_type),
            media_type=media_type,
            size=result.tell(),
            pages=int(str(answer["pages"])),
            digest=digest.hexdigest(),
            storage_name=storage_name,
            key_id=key_id,
            wrapped_key=wrapped,
            received_at=at,
        )


def copy(file: File, *, at: datetime) -> File:
    """The same content as another file: cleaned once, it needs no second look."""
    key, storage_name = sealing.new_key(), new_public_id()
    storage.current().put(storage_name, sealing.locked(chunks(file), key))
    key_id, wrapped = sealing.wrap(key, name=storage_name)
    return File.objects.create(
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        pages=file.pages,
        digest=file.digest,
        storage_name=storage_name,
        key_id=key_id,
        wrapped_key=wrapped,
        received_at=at,
    )


def discard(file: File) -> None:
    """The row goes with the caller's transaction, then the content, for ever."""
    name = file.storage_name
    file.delete()
    transaction.on_commit(lambda: storage.current().delete(name))


def sweep(*, before: datetime) -> int:
    """Delete what lies in the storage without a row, written before that instant; return how many.

    Only a process that died between the two leaves such a thing, or a transaction that was undone.
    """
    place, count = storage.current(), 0
    for name in place.names(before=before):
        if not File.objects.filter(storage_name=name).exists():
            place.delete(name)
            count += 1
    return count


def _spool(chunks: Iterable[bytes], source: IO[bytes]) -> None:
    for chunk in chunks:
        source.write(chunk)
        if source.tell() > MOST_BYTES:
            raise Refused("too_big")
    if not source.tell():
        raise Refused("empty")
    source.flush()


def _cleaned(source: IO[bytes], result: IO[bytes]) -> dict[str, object]:
    source.seek(0)
    media_type = _type_of(source.read(1024))
    if not media_type:
        raise Refused("format")
    try:
        answer = children.run("clean", media_type, source=source, result=result)
    except children.Died as death:
        raise Refused("unreadable") from death
    except turns.Busy as busy:
        raise Refused("busy") from busy
    if "refused" in answer:
        raise Refused(str(answer["refused"]))
    return answer


def _type_of(head: bytes) -> str:
    """What the first bytes say; the child then opens it as that and as nothing else."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return "image/heic"
    return "application/pdf" if b"%PDF-" in head else ""


def _read(result: IO[bytes], digest: "hashlib._Hash") -> Iterator[bytes]:
    while chunk := result.read(CHUNK):
        digest.update(chunk)
        yield chunk


def _called(name: str, media_type: File.MediaType) -> str:
    """« C:\\photos\\IMG_1.HEIC » → « IMG_1.jpg »: no folder, nothing invisible, the ending of what it is now."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(c for c in last if c.isprintable()).strip()
    stem = shown[: -len(suffix)] if (suffix := PurePosixPath(shown).suffix) else shown
    ending = ENDINGS[media_type]
    return (stem.strip(" .")[: LONGEST_NAME - len(ending)] or "document") + ending
