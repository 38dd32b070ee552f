"""Secrets that travel, and the digests that stay.

Links and cookies carry 256 random bits: their SHA-256 is enough to keep. Codes are short: they are
kept as an HMAC bound to their challenge, so that a copy of the table guesses nothing.
"""

import hashlib
import hmac
import secrets

from django.utils.crypto import salted_hmac


def new_token() -> str:
    """256 random bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """Six digits to type."""
    return f"{secrets.randbelow(1_000_000):06d}"


def code_digest(challenge: str, code: str) -> str:
    """What is stored of a code; `challenge` is the public identifier of what it opens."""
    return salted_hmac("xpassfam.accounts.code", f"{challenge}:{code}", algorithm="sha256").hexdigest()


def matches(expected: str, given: str) -> bool:
    return hmac.compare_digest(expected.encode(), given.encode())


def keyed(scope: str, value: str) -> str:
    """A key that tells nothing of `value`: people type passwords in the wrong field."""
    return salted_hmac(f"xpassfam.accounts.{scope}", value, algorithm="sha256").hexdigest()
