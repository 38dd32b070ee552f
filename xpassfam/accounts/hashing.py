"""Argon2id, few at once, at a cost that one setting gives (`ARGON2_COST`)."""

import functools
import os
import threading
import unicodedata
from collections.abc import Mapping

import argon2
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, get_hasher
from django.utils.crypto import get_random_string

# More hashes at once than cores only makes each of them later, and takes its memory all the while.
_turns = threading.BoundedSemaphore(os.cpu_count() or 1)


class Argon2Hasher(Argon2PasswordHasher):
    """Django's hasher with our cost, waiting for its turn.

    The password is taken in NFC (RFC 8265, OpaqueString): the same « é » typed on a keyboard that
    composes and on one that does not opens the same account. Nothing else of it changes.
    """

    def __init__(self, cost: Mapping[str, int] | None = None) -> None:
        self._cost = cost

    def params(self) -> argon2.Parameters:
        return argon2.Parameters(
            type=argon2.Type.ID,
            version=argon2.low_level.ARGON2_VERSION,
            salt_len=argon2.DEFAULT_RANDOM_SALT_LENGTH,
            hash_len=argon2.DEFAULT_HASH_LENGTH,
            **(self._cost or settings.ARGON2_COST),
        )

    def encode(self, password: str, salt: str) -> str:
        with _turns:
            return super().encode(unicodedata.normalize("NFC", password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _turns:
            return super().verify(unicodedata.normalize("NFC", password), encoded)


def needs_renewal(encoded: str) -> bool:
    """Whether a hash was made at another cost than today's."""
    return get_hasher().must_update(encoded)


def todays_parameters() -> str:
    """Today's cost as hashes write it: « m=19456,t=2,p=1 »."""
    cost = settings.ARGON2_COST
    return f"m={cost['memory_cost']},t={cost['time_cost']},p={cost['parallelism']}"


@functools.cache
def dummy_at(parameters: str) -> str:
    """Nobody's password, at the cost that « m=19456,t=2,p=1 » says."""
    read = dict(part.split("=") for part in parameters.split(","))
    cost = {"memory_cost": int(read["m"]), "time_cost": int(read["t"]), "parallelism": int(read["p"])}
    hasher = Argon2Hasher(cost)
    return hasher.encode(get_random_string(32), hasher.salt())
