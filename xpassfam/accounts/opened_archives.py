"""What somebody opened of the archives, in their session: for the hour that the work takes, on this device."""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

OPENED = "archives"
OPEN_FOR = timedelta(hours=1)


def is_open(session: SessionBase, key: str, *, at: datetime) -> bool:
    opened = session.get(OPENED, {}).get(key)
    return opened is not None and at < datetime.fromisoformat(opened) + OPEN_FOR


def keep_open(session: SessionBase, key: str, *, at: datetime) -> None:
    known = session.get(OPENED, {})
    session[OPENED] = {one: since for one, since in known.items() if is_open(session, one, at=at)} | {
        key: at.isoformat()
    }
