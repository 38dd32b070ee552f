"""How lines hold together: what is digested, and how one line seals the one before."""

import hashlib
import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol

PORTAL = "portal"
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def scope_of(*, household: str, account: str) -> str:
    """The chain a line belongs to: its household's, else its account's, else the portal's."""
    if household:
        return f"household:{household}"
    return f"account:{account}" if account else PORTAL


def canonical(value: object) -> str:
    return _ENCODER.encode(value)


def digest_of(words: str, *, salt: str) -> str:
    return hashlib.sha256(f"{salt}\n{words}".encode()).hexdigest()


class Sealed(Protocol):
    """What a line's hash covers: a line, or what becomes one."""

    scope: str
    seq: int
    at: datetime
    kind: str
    actor_kind: str
    actor: str
    household: str
    account: str
    person: str
    audience: str
    digest: str
    previous: str


def hash_of(line: Sealed) -> str:
    sealed = [
        line.scope,
        line.seq,
        _instant(line.at),
        line.kind,
        line.actor_kind,
        line.actor,
        line.household,
        line.account,
        line.person,
        line.audience,
        line.digest,
        line.previous,
    ]
    return hashlib.sha256(canonical(sealed).encode()).hexdigest()


@lru_cache(maxsize=1)  # many lines of one act have the same
def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
