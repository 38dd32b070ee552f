"""Secrets that travel, and the digests that stay.

Links and cookies carry 256 random bits: their SHA-256 is enough to keep. Codes are short: they are
kept as an HMAC bound to their challenge, so that a copy of the table guesses nothing.
"""

import hashlib
import hmac
import secrets
from functools import lru_cache

from django.conf import settings


def new_token() -> str:
    """256 random bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """Six digits to type."""
    return f"{secrets.randbelow(1_000_000):06d}"


def matches(expected: str, given: str) -> bool:
    return hmac.compare_digest(expected.encode(), given.encode())


def keyed(scope: str, value: str, *, secret: str | None = None) -> str:
    """What is stored of something short or guessable: it tells nothing of `value` to who lacks the secret key."""
    return hmac.digest(_key(scope, settings.SECRET_KEY if secret is None else secret), value.encode(), "sha256").hex()


@lru_cache(maxsize=64)
def _key(scope: str, secret: str) -> bytes:
    """As Django's `salted_hmac` derives it, once: a register brings hundreds of thousands of codes."""
    return hashlib.sha256(f"xpassfam.accounts.{scope}{secret}".encode()).digest()


def is_keyed(stored: str, scope: str, value: str) -> bool:
    """Whether `stored` was made of `value`, under the secret key or a former one: letters outlive a change of key."""
    secrets_known = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(matches(stored, keyed(scope, value, secret=secret)) for secret in secrets_known)
