"""Sessions in the database, under the SHA-256 of the cookie.

Django's own store, with what we add to its row: whose, on which device, until when at the latest.
A session has two ends: after some time without use (idle), and whatever happens (absolute).
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.utils import timezone
from django.utils.crypto import get_random_string

from xpassfam.accounts.models import Session
from xpassfam.accounts.tokens import digest
from xpassfam.jobs.slices import delete_by_slices
from xpassfam.people.prepared import PreparedObjects

IS_STRONG = "is_strong"  # two factors opened it, neither of them a mailbox or a telephone number
TOUCH_EVERY = timedelta(minutes=5)
# Of every page: compiled once.
_LIVE = PreparedObjects(Session, lambda *, key, at: Session.objects.filter(session_key=key, expire_date__gt=at))


class SessionStore(DatabaseSessionStore):
    """`row` is the table's row once loaded, else None."""

    row: Session | None = None

    # A page that asks how long its session lasts keeps its cookie when the answer is « no more »: a form sent after it
    # still says whose it was (see `returning`).
    is_asked_about = False

    def is_empty(self) -> bool:
        return not self.is_asked_about and super().is_empty()

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        if self.session_key:
            self.row = _LIVE.first(key=digest(self.session_key), at=timezone.now())
        if self.row is None:
            self._session_key = None
        return self.row

    def cycle_key(self) -> None:
        """Move a session to a new key. One that has none gets it when it is saved: a sign-in writes its row once."""
        if self.session_key:
            super().cycle_key()

    def _get_new_session_key(self) -> str:
        """165 random bits, taken by nobody: no need to look, and the primary key would tell."""
        return get_random_string(32, VALID_KEY_CHARS)

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=digest(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        now = timezone.now()
        session_key = self._get_or_create_session_key()  # type: ignore[attr-defined]
        idle = data.get("idle_seconds", 3600)
        absolute_end = data.get("absolute_end")
        end = datetime.fromisoformat(absolute_end) if absolute_end else now + timedelta(hours=1)
        return Session(
            session_key=digest(session_key),
            session_data=self.encode(data),
            expire_date=min(end, now + timedelta(seconds=idle)),
            account_id=data.get(SESSION_KEY),
            device_id=data.get("device_id"),
            method=data.get("method", ""),
            created_at=self.row.created_at if self.row else now,
            last_seen_at=now,
            absolute_end=end,
            idle_seconds=idle,
        )

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=digest(key)).delete()

    def touch(self, *, at: datetime, at_once: bool = False) -> None:
        """Push the idle end back, writing at most every five minutes; `at_once`, whenever somebody asks for it."""
        row = self.row
        if row is None or row.last_seen_at is None or (at - row.last_seen_at < TOUCH_EVERY and not at_once):
            return
        end = min(row.absolute_end or at, at + timedelta(seconds=row.idle_seconds))
        Session.objects.filter(pk=row.pk).update(last_seen_at=at, expire_date=end)
        row.last_seen_at, row.expire_date = at, end

    @property
    def seconds_left(self) -> int | None:
        """Until this session ends, if nobody does anything; None where there is none."""
        return max(0, int((self.row.expire_date - timezone.now()).total_seconds())) if self.row else None

    @property
    def may_be_prolonged(self) -> bool:
        """Whether some use pushes its end back: not once its absolute end comes first."""
        return bool(self.row and self.row.absolute_end and self.row.expire_date < self.row.absolute_end)

    @classmethod
    def clear_expired(cls) -> None:
        delete_by_slices(Session.objects.filter(expire_date__lt=timezone.now()))
