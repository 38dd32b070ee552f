"""The real hasher, which also counts: same work means same counts."""

from collections import Counter

from xpassfam.accounts.hashing import Argon2Hasher


class CountingHasher(Argon2Hasher):
    work: Counter[str] = Counter()

    def encode(self, password: str, salt: str) -> str:
        self.work["encode"] += 1
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        self.work["verify"] += 1
        return super().verify(password, encoded)
