"""A PostgreSQL server for the tests: TEST_DATABASE_URL, or one that answers on this machine."""

import hashlib
import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

LOCAL = "postgresql://postgres@127.0.0.1:5432/postgres"
PATIENCE_SECONDS = 3


def find() -> tuple[str, str]:
    """The server's address, or else why there is none."""
    address = os.environ.get("TEST_DATABASE_URL", LOCAL)
    try:
        psycopg.connect(address, connect_timeout=PATIENCE_SECONDS).close()
    except psycopg.OperationalError as problem:
        reason = str(problem).strip().splitlines()[0]
        return "", f"all tests on PostgreSQL: no server answers ({reason}); give its address in TEST_DATABASE_URL"
    return address, ""


def own_database(server: str, root: Path) -> str:
    """An address whose test databases no other copy of the project uses; Django makes and removes them."""
    copy = hashlib.sha256(str(root).encode()).hexdigest()[:8]
    return urlunsplit(urlsplit(server)._replace(path=f"/xpassfam_{copy}"))
