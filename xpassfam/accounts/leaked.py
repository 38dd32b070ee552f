"""Whether a password is known to have leaked, asked of a service that learns five characters of its SHA-1 and no more.

The protocol is the range API of Pwned Passwords, which may be mirrored inside an organisation. Off by default. Whatever
goes wrong there (slow, away, answers that make no sense), the password is taken, and for a minute nobody asks again:
the embedded list and the other rules have spoken already. Source: OWASP ASVS 5.0, 6.2.12.
"""

import hashlib
import http.client
import time
from urllib.parse import urlsplit

import structlog
from django.conf import settings

log = structlog.get_logger(__name__)
PATIENCE = 1.0  # seconds, for the whole answer
REST = 60.0  # seconds, after a failure
MOST_BYTES = 256 * 1024  # an answer has about a thousand lines of forty characters
PREFIX = 5


class _Rest:
    until = 0.0


def is_leaked(password: str) -> bool:
    """Never inside a transaction: it may take a second. False where the service is off or does not answer well."""
    url = settings.LEAKED_PASSWORDS_URL
    if not url or time.monotonic() < _Rest.until:
        return False
    # Not for safety: it is what the protocol asks for.
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
    try:
        answer = _range(url, digest[:PREFIX])
        return _has(answer, digest[PREFIX:])
    except (OSError, http.client.HTTPException, ValueError) as error:
        _Rest.until = time.monotonic() + REST
        log.warning("leaked_passwords.away", error=type(error).__name__)
        return False


def _range(url: str, prefix: str) -> str:
    """The lines of a prefix, padded so that their number says nothing of it."""
    end = time.monotonic() + PATIENCE
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        headers = {"Add-Padding": "true", "User-Agent": "Xpassfam"}
        connection.request("GET", f"{parts.path.rstrip('/')}/{prefix}", headers=headers)
        answer = connection.getresponse()
        if answer.status != http.client.OK:
            raise ValueError(answer.status)
        text = b""
        # Piece by piece: one who sends a byte now and then would else never be late.
        while piece := answer.read1(16 * 1024):
            text += piece
            if len(text) > MOST_BYTES or time.monotonic() > end:
                raise ValueError("too long")
        return text.decode("ascii")
    finally:
        connection.close()


def _has(answer: str, suffix: str) -> bool:
    """Whether a line tells this suffix more than zero times: padding has zero."""
    for line in answer.splitlines():
        found, _colon, times = line.partition(":")
        if found.strip().upper() == suffix:
            return int(times) > 0
    return False


def forget() -> None:
    """For tests: ask again at once."""
    _Rest.until = 0.0
