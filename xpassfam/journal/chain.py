"""How lines hold together: what is digested, and how one line seals the one before."""

import hashlib
import json
from datetime import UTC, datetime

from xpassfam.journal.models import Line

PORTAL = "portal"


def scope_of(*, household: str, account: str) -> str:
    """The chain a line belongs to: its household's, else its account's, else the portal's."""
    if household:
        return f"household:{household}"
    return f"account:{account}" if account else PORTAL


def canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(words: str, *, salt: str) -> str:
    return hashlib.sha256(f"{salt}\n{words}".encode()).hexdigest()


def hash_of(line: Line) -> str:
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


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
