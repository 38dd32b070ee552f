"""Whether anything listens where the database should: known in a second, where a pool of connections waits for ten."""

import socket
from typing import Any

from django.conf import settings

REACH_SECONDS = 1.0


def is_reachable() -> bool:
    """True too where that can't be told: a file, a socket of this machine."""
    database: dict[str, Any] = settings.DATABASES["default"]
    host = database.get("HOST", "")
    if not host or host.startswith("/"):
        return True
    try:
        with socket.create_connection((host, int(database.get("PORT") or 5432)), timeout=REACH_SECONDS):
            return True
    except OSError:
        return False
