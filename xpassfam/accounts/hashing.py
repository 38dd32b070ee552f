"""Argon2id, few at once, at a cost that one setting gives (`ARGON2_COST`)."""

import functools
import os
import threading
import unicodedata

import argon2
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.utils.crypto import get_random_string

# More hashes at once than cores only makes each of them later, and takes its memory all the while.
_turns = threading.BoundedSemaphore(os.cpu_count() or 1)


class Argon2Hasher(Argon2PasswordHasher):
    """Django's hasher with our cost, waiting for its turn.

    The password is taken in NFC (RFC 8265, OpaqueString): the same « é » typed on a keyboard that
    composes and on one that does not opens the same account. Nothing else of it changes.
    """

    def params(self) -> argon2.Parameters:
        return argon2.Parameters(
            type=argon2.Type.ID,
            version=argon2.low_level.ARGON2_VERSION,
            salt_len=argon2.DEFAULT_RANDOM_SALT_LENGTH,
            hash_len=argon2.DEFAULT_HASH_LENGTH,
            **settings.ARGON2_COST,
        )

    def encode(self, password: str, salt: str) -> str:
        with _turns:
            return super().encode(unicodedata.normalize("NFC", password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _turns:
            return super().verify(unicodedata.normalize("NFC", password), encoded)


def dummy_hash() -> str:
    """What to verify against when there is no account: nobody's password, at today's cost."""
    return _dummy_hash(tuple(sorted(settings.ARGON2_COST.items())))


@functools.cache
def _dummy_hash(cost: tuple[tuple[str, int], ...]) -> str:
    return make_password(get_random_string(32))
