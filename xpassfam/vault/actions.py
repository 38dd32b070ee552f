"""How a file comes in, and how it goes."""

import hashlib
import logging
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO, Any

from django.db import transaction

from xpassfam.rules.identifiers import new_public_id
from xpassfam.vault import children, clamd, sealing, storage, turns
from xpassfam.vault.limits import MOST_BYTES
from xpassfam.vault.models import File, Original
from xpassfam.vault.reading import chunks
from xpassfam.vault.scanning import scan

logger = logging.getLogger(__name__)

CHUNK = 64 * 1024
LONGEST_NAME = 120
ENDINGS = {File.MediaType.PDF: ".pdf", File.MediaType.JPEG: ".jpg", File.MediaType.PNG: ".png"}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


class Refused(Exception):
    """A file that is not taken; `words.refusal` says why, and what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def receive(chunks: Iterable[bytes], *, name: str, at: datetime, is_ours: bool = False) -> File:
    """Judge a file by its content, make it harmless, lock it and keep it; raise Refused.

    Where there is a virus scanner, the file is in quarantine until that has seen what came; `is_ours`: made by the
    portal itself, it needs no scan. It is written before its row is: call this outside a transaction, and what refers
    to the file in one. A file that nothing refers to is the caller's to `discard`.
    """
    # Without a name: they are gone with the process, whatever ends it. The child shares the place in `source`: what is
    # read ahead of it here would be given back, on closing, from a place that is no longer ours.
    with tempfile.TemporaryFile(buffering=0) as source, tempfile.TemporaryFile() as result:
        received = _spool(chunks, source)
        answer = _cleaned(source, result)
        media_type = File.MediaType(str(answer["media_type"]))
        is_suspect = clamd.is_wanted() and not is_ours
        source.seek(0)
        try:
            original = _locked(_read(source))[0] if is_suspect else None
            kept, digest = _locked(_read(result))
        except storage.Away as away:
            logger.error("the store of files does not answer: %s", away)
            raise Refused("away") from away
        with transaction.atomic():
            file = File.objects.create(
                name=_called(name, media_type),
                media_type=media_type,
                pages=int(str(answer["pages"])),
                digest=digest,
                received="" if is_ours else received,
                state=File.State.QUARANTINED if is_suspect else File.State.READY,
                received_at=at,
                **kept,
            )
            if original:
                Original.objects.create(file=file, **original)
                scan.enqueue(file.pk)
        return file


def keep(chunks: Iterable[bytes], *, name: str, media_type: File.MediaType, pages: int, at: datetime) -> File:
    """Lock what the portal made itself, as it is; else as `receive`."""
    kept, digest = _locked(chunks)
    return File.objects.create(name=name, media_type=media_type, pages=pages, digest=digest, received_at=at, **kept)


def copy(file: File, *, at: datetime) -> File:
    """The same content as another file: judged once, it needs no second look. Raise NotReady."""
    return keep(chunks(file), name=file.name, media_type=File.MediaType(file.media_type), pages=file.pages, at=at)


def discard(file: File) -> None:
    """The row goes with the caller's transaction, then the content, for ever."""
    names = [file.storage_name, *Original.objects.filter(file=file).values_list("storage_name", flat=True)]
    file.delete()
    transaction.on_commit(lambda: _delete(names))


def _delete(names: Iterable[str]) -> None:
    """Their keys went with the rows: what a store that is away keeps of them, nobody reads, and `sweep` takes."""
    try:
        for name in names:
            storage.current().delete(name)
    except storage.Away as away:
        logger.error("the store of files does not answer, and keeps what was erased until it is swept: %s", away)


def sweep(*, before: datetime) -> int:
    """Delete what lies in the storage without a row, written before that instant; return how many.

    Only a process that died between the two leaves such a thing, or a transaction that was undone.
    """
    place, count = storage.current(), 0
    for name in place.names(before=before):
        if not _is_known(name):
            place.delete(name)
            count += 1
    return count


def _is_known(name: str) -> bool:
    """Of an infected file the row remains, its content does not."""
    files = File.objects.filter(storage_name=name).exclude(state=File.State.INFECTED)
    return files.exists() or Original.objects.filter(storage_name=name).exists()


def _locked(chunks: Iterable[bytes]) -> tuple[dict[str, Any], str]:
    """Put it into the storage under a key of its own; the columns that say where, and the digest of the content."""
    key, name, digest, size = sealing.new_key(), new_public_id(), hashlib.sha256(), 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for chunk in chunks:
            size += len(chunk)
            digest.update(chunk)
            yield chunk

    storage.current().put(name, sealing.locked(counted(), key))
    key_id, wrapped = sealing.wrap(key, name=name)
    columns = {"storage_name": name, "size": size, "key_id": key_id, "wrapped_key": wrapped}
    return columns, digest.hexdigest()


def _spool(chunks: Iterable[bytes], source: IO[bytes]) -> str:
    """What came, into `source`; its digest. Raise Refused."""
    digest = hashlib.sha256()
    for chunk in chunks:
        source.write(chunk)
        digest.update(chunk)
        if source.tell() > MOST_BYTES:
            raise Refused("too_big")
    if not source.tell():
        raise Refused("empty")
    source.flush()
    return digest.hexdigest()


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


def _read(result: IO[bytes]) -> Iterator[bytes]:
    while chunk := result.read(CHUNK):
        yield chunk


def _called(name: str, media_type: File.MediaType) -> str:
    """« C:\\photos\\IMG_1.HEIC » → « IMG_1.jpg »: no folder, nothing invisible, the ending of what it is now."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(c for c in last if c.isprintable()).strip()
    stem = shown[: -len(suffix)] if (suffix := PurePosixPath(shown).suffix) else shown
    ending = ENDINGS[media_type]
    return (stem.strip(" .")[: LONGEST_NAME - len(ending)] or "document") + ending
