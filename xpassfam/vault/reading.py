"""The content of a file, unlocked as it is read. The caller has asked who may."""

from collections.abc import Iterator

from xpassfam.vault import sealing, storage
from xpassfam.vault.models import File


def chunks(file: File, *, start: int = 0) -> Iterator[bytes]:
    """From byte `start` to the end, piece by piece.

    Raise UnknownKey at once; Absent and Damaged where it comes to what is missing or not right.
    """
    key = sealing.unwrap(bytes(file.wrapped_key), key_id=file.key_id, name=file.storage_name)
    place = storage.current()
    return sealing.opened(
        lambda where, length: place.read(file.storage_name, where, length), key, size=file.size, start=start
    )
