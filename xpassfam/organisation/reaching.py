"""Whether anything listens where the database should: known in a second, before any query is tried."""

import socket
from typing import Any

from django.conf import settings

REACH_SECONDS = 1.0
# A busy server takes its time to say a word; a machine that hangs says none.
ANSWER_SECONDS = 3.0
# « May we speak in secret? »: PostgreSQL says yes or no by one letter, before it asks who we are.
QUESTION = b"\x00\x00\x00\x08\x04\xd2\x16\x2f"


def is_reachable() -> bool:
    """True too where that can't be told: a file, a socket of this machine."""
    database: dict[str, Any] = settings.DATABASES["default"]
    return _reached(database.get("HOST", ""), database.get("PORT", ""), asks=False)


def answers(host: str, port: str) -> bool:
    """Whether PostgreSQL answers there: a machine that hangs takes what it is sent, and says nothing.

    Only where something is amiss: its log may tell of the question.
    """
    return _reached(host, port, asks=True)


def _reached(host: str, port: str, *, asks: bool) -> bool:
    if not host or host.startswith("/"):
        return True
    try:
        with socket.create_connection((host, int(port or 5432)), timeout=REACH_SECONDS) as connected:
            if asks:
                connected.settimeout(ANSWER_SECONDS)
                connected.sendall(QUESTION)
                return bool(connected.recv(1))
            return True
    except OSError:
        return False
