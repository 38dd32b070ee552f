"""What somebody opened of the archives, in their session: for the hour that the work takes, on this device."""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

from xpassfam.accounts.models import Account

OPENED = "archives"
OPEN_FOR = timedelta(hours=1)


def is_open(session: SessionBase, key: str, *, by: Account, at: datetime) -> bool:
    """To who opened it, as long as an administrator lets them."""
    return by.may_open_archives and key in _opened(session, at=at)


def keep_open(session: SessionBase, key: str, *, at: datetime) -> None:
    session[OPENED] = _opened(session, at=at) | {key: at.isoformat()}


def _opened(session: SessionBase, *, at: datetime) -> dict[str, str]:
    known: dict[str, str] = session.get(OPENED, {})
    return {key: since for key, since in known.items() if at < datetime.fromisoformat(since) + OPEN_FOR}
