"""The real hasher, which also counts: same work means same counts."""

import threading
from collections import Counter

from xpassfam.accounts.hashing import Argon2Hasher


class CountingHasher(Argon2Hasher):
    work: Counter[str] = Counter()
    _counting = threading.Lock()

    def encode(self, password: str, salt: str) -> str:
        self._count("encode")
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        self._count("verify")
        return super().verify(password, encoded)

    def _count(self, what: str) -> None:
        with self._counting:
            self.work[what] += 1
