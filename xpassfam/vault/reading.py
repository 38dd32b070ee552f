"""The content of a file, unlocked as it is read. The caller has asked who may."""

from collections.abc import Iterator

from xpassfam.vault import sealing, storage
from xpassfam.vault.models import File, Locked


class NotReady(Exception):
    """It waits for the virus scanner, or did not pass: nobody reads it."""


def chunks(file: File, *, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
    """From byte `start` up to `stop`, the end by default, piece by piece.

    Raise NotReady and UnknownKey at once; Absent and Damaged where it comes to what is missing or not right.
    """
    if not file.is_ready:
        raise NotReady(file.public_id)
    return unlocked(file, start=start, stop=stop)


def unlocked(content: Locked, *, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
    """Whatever its state: for the scanner."""
    key = sealing.unwrap(bytes(content.wrapped_key), key_id=content.key_id, name=content.storage_name)
    place = storage.current()
    return sealing.opened(
        lambda where, length: place.read(content.storage_name, where, length),
        key,
        size=content.size,
        start=start,
        stop=stop,
    )
