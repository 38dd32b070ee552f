"""Files locked: AES-256-GCM by pieces, with a key of the file's own, itself locked by one of the environment's.

A piece's nonce is its number and whether it is the last: pieces can't be moved, dropped or cut off unseen, and any
of them is read without those before it. The key serves one file once, so that no nonce comes twice.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = b"XPF1"
PIECE = 64 * 1024
TAG = 16
KEY, NONCE = 32, 12
# Pieces read at once: a bucket answers as slowly for one.
AHEAD = 8

# From a place and a length to the locked bytes there.
Range = Callable[[int, int], bytes]


class Damaged(Exception):
    """What lies in the storage is not what was put there."""


class UnknownKey(Exception):
    """The file was locked with a key that the portal no longer has."""

    def __init__(self, key_id: str) -> None:
        known = ", ".join(id_of(text) for text in settings.FILE_KEYS)
        super().__init__(
            f"a file is locked with the key {key_id}; known are {known}: add the former key to XPASSFAM_OLD_FILE_KEYS"
        )


def new_key() -> bytes:
    return secrets.token_bytes(KEY)


def id_of(text: str) -> str:
    """A name for a key of the environment, that says nothing of it."""
    return hashlib.sha256(b"xpassfam file key id" + _derived(text)).hexdigest()[:12]


def wrap(key: bytes, *, name: str) -> tuple[str, bytes]:
    """Lock a file's key for the file of that name; return which key of the environment did, and the locked key."""
    text, nonce = settings.FILE_KEYS[0], secrets.token_bytes(NONCE)
    return id_of(text), nonce + AESGCM(_derived(text)).encrypt(nonce, key, name.encode())


def unwrap(wrapped: bytes, *, key_id: str, name: str) -> bytes:
    for text in settings.FILE_KEYS:
        if id_of(text) == key_id:
            try:
                return AESGCM(_derived(text)).decrypt(wrapped[:NONCE], wrapped[NONCE:], name.encode())
            except InvalidTag as error:
                raise Damaged(name) from error
    raise UnknownKey(key_id)


def locked(chunks: Iterable[bytes], key: bytes) -> Iterator[bytes]:
    """Lock a stream, holding two pieces of it at most."""
    cipher, number = AESGCM(key), 0
    yield MARK
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > PIECE:
            yield cipher.encrypt(_nonce(number, is_last=False), bytes(waiting[:PIECE]), None)
            del waiting[:PIECE]
            number += 1
    yield cipher.encrypt(_nonce(number, is_last=True), bytes(waiting), None)


def opened(read: Range, key: bytes, *, size: int, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
    """The content from `start` up to `stop`, the end by default; `size` is the whole's.

    Only the pieces asked for are read. Raise Damaged at the first not right.
    """
    cipher, last = AESGCM(key), max(size - 1, 0) // PIECE
    stop = size if stop is None else min(stop, size)
    if read(0, len(MARK)) != MARK:
        raise Damaged("not a locked file")
    end = -(-stop // PIECE)
    for first in range(start // PIECE, end, AHEAD):
        numbers = range(first, min(first + AHEAD, end))
        lengths = [(PIECE if number < last else size - last * PIECE) + TAG for number in numbers]
        sealed = memoryview(read(len(MARK) + first * (PIECE + TAG), sum(lengths)))
        for number, length in zip(numbers, lengths, strict=True):
            try:
                piece = cipher.decrypt(_nonce(number, is_last=number == last), sealed[:length], None)
            except InvalidTag as error:
                raise Damaged(f"piece {number}") from error
            sealed, begins = sealed[length:], number * PIECE
            is_whole = start <= begins and begins + PIECE <= stop
            yield piece if is_whole else piece[max(start - begins, 0) : stop - begins]


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(NONCE - 1, "big") + bytes([is_last])


def _derived(text: str) -> bytes:
    return HKDF(SHA256(), KEY, salt=None, info=b"xpassfam files").derive(text.encode())
