"""Slow guessing down without locking an owner out.

`reserve` counts a try before anything is hashed, in one statement that also decides: however many
processes ask at once, exactly the free tries pass. A success gives its own try back.
Source: CNIL, délibération 2022-100 (growing delay, at most 10 failures in a row); OWASP ASVS 5.0, 6.3.1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection

from xpassfam.accounts import tokens
from xpassfam.accounts.models import Throttle
from xpassfam.jobs.slices import delete_by_slices

FIRST_WAIT = 30_000
LONGEST_WAIT = 3_600_000
PAUSE_AFTER = 10


@dataclass(frozen=True)
class Scope:
    """How many tries are free, and after how long without any they are forgotten.

    With `per_window`, the tries are counted per slice of `forget` and the wait is the slice's end.
    """

    name: str
    free: int
    forget: timedelta
    per_window: bool = False


IDENTIFIER = Scope("identifier", free=5, forget=timedelta(days=1))
ACCOUNT = Scope("account", free=20, forget=timedelta(hours=1), per_window=True)
DEVICE = Scope("device", free=10, forget=timedelta(days=1))
ADDRESS = Scope("address", free=30, forget=timedelta(minutes=10), per_window=True)
MAIL = Scope("mail", free=3, forget=timedelta(hours=1), per_window=True)
MAIL_FROM = Scope("mail_from", free=20, forget=timedelta(hours=1), per_window=True)
MAIL_BY_FILE = Scope("mail_by_file", free=6, forget=timedelta(hours=1), per_window=True)
SIGN_UP = Scope("sign_up", free=20, forget=timedelta(hours=1), per_window=True)
CHOSEN_PASSWORD = Scope("chosen_password", free=15, forget=timedelta(hours=1), per_window=True)
LETTER_CODE_HERE = Scope("letter_code_here", free=5, forget=timedelta(hours=1), per_window=True)
LETTER_CODE = Scope("letter_code", free=50, forget=timedelta(hours=1), per_window=True)
SECOND_STEP = Scope("second_step", free=10, forget=timedelta(hours=1), per_window=True)
STEP_CODES_SENT = Scope("step_codes_sent", free=6, forget=timedelta(hours=1), per_window=True)
PHONE_CODES_SENT = Scope("phone_codes_sent", free=6, forget=timedelta(hours=1), per_window=True)
RECOVERY_HERE = Scope("recovery_here", free=5, forget=timedelta(hours=1), per_window=True)
RECOVERY = Scope("recovery", free=50, forget=timedelta(hours=1), per_window=True)
PASSKEY = Scope("passkey", free=60, forget=timedelta(minutes=10), per_window=True)
PASSKEY_CHALLENGES = Scope("passkey_challenges", free=120, forget=timedelta(minutes=10), per_window=True)
EMAIL_CHANGES = Scope("email_changes", free=6, forget=timedelta(days=1), per_window=True)
HELP = Scope("help", free=1, forget=timedelta(days=7), per_window=True)
ALERT = Scope("alert", free=1, forget=timedelta(hours=1), per_window=True)


def portal(failures_per_minute: int) -> Scope:
    """All unknown devices together: how many failures the organisation takes for ordinary."""
    return Scope("portal", free=failures_per_minute, forget=timedelta(minutes=1), per_window=True)


@dataclass(frozen=True)
class Reservation:
    """A try that was counted, or the instant before which none is allowed."""

    key: str
    allowed: bool
    free_at: datetime
    remaining: int
    fails: int
    next_pause: timedelta = timedelta()  # what follows the last free try


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _at(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, tz=UTC)


# Not the present instant: where many share a counter, one who asked a little earlier is served a little later.
FREE = 0
_TABLE = Throttle._meta.db_table
# The tries so far with this one; those long past are forgotten.
_FAILS = "(CASE WHEN t.seen_at < %(forgotten)s THEN 1 ELSE t.fails + 1 END)"
# 30 s once the free tries are spent, twice as long each time (a shift to the left), an hour from the tenth on.
_GROWING = f"""CASE WHEN {_FAILS} >= {PAUSE_AFTER} THEN %(now)s + {LONGEST_WAIT}
    ELSE %(now)s + (CAST({FIRST_WAIT} AS BIGINT) << CAST({_FAILS} - %(free)s AS INTEGER)) END"""
# Counts and decides at once: where the wait is not over no row is touched, and none comes back.
_RESERVE = f"""
INSERT INTO {_TABLE} AS t (key, fails, free_at, seen_at) VALUES (%(key)s, 1, %(first)s, %(now)s)
ON CONFLICT (key) DO UPDATE SET
    fails = {_FAILS},
    free_at = CASE WHEN {_FAILS} < %(free)s THEN {FREE} ELSE {{wait}} END,
    seen_at = %(now)s
WHERE t.free_at <= %(now)s
RETURNING fails, free_at
"""  # noqa: S608


def reserve(scope: Scope, value: str, *, at: datetime) -> Reservation:
    """Count one try under (scope, value), unless it must wait."""
    now, forget = _ms(at), int(scope.forget.total_seconds() * 1000)
    window_end = (now // forget + 1) * forget
    key = _key(scope, value, window_end)
    first = FREE if scope.free > 1 else window_end if scope.per_window else now + FIRST_WAIT
    with connection.cursor() as cursor:
        cursor.execute(
            _RESERVE.format(wait=window_end if scope.per_window else _GROWING),
            {"key": key, "now": now, "first": first, "free": scope.free, "forgotten": now - forget},
        )
        row = cursor.fetchone()
        if row:
            pause = timedelta(milliseconds=window_end - now if scope.per_window else _first_wait(scope))
            return Reservation(key, True, _at(row[1]), max(0, scope.free - row[0]), row[0], pause)
        cursor.execute(f"SELECT fails, free_at FROM {_TABLE} WHERE key = %s", [key])  # noqa: S608
        fails, free_at = cursor.fetchone() or (0, now)
    return Reservation(key, False, _at(free_at), 0, fails)


def spent(scope: Scope, values: Iterable[str], *, at: datetime) -> frozenset[str]:
    """Those of them that have no free try left until the end of this slice. One query."""
    now, forget = _ms(at), int(scope.forget.total_seconds() * 1000)
    keys = {_key(scope, value, (now // forget + 1) * forget): value for value in values}
    return frozenset(
        keys[key] for key in Throttle.objects.filter(key__in=keys, free_at__gt=now).values_list("key", flat=True)
    )


def _key(scope: Scope, value: str, window_end: int) -> str:
    return tokens.keyed(scope.name, f"{value}|{window_end}" if scope.per_window else value)


def _first_wait(scope: Scope) -> int:
    return LONGEST_WAIT if scope.free >= PAUSE_AFTER else FIRST_WAIT


def refund(*reservations: Reservation) -> None:
    """Give back the tries of a success: its own, and no other. Those refused were not counted."""
    keys = [reservation.key for reservation in reservations if reservation.allowed]
    if not keys:
        return
    # In one order: two successes that share an address and the portal must not wait for each other.
    locked = f"SELECT key FROM {_TABLE} WHERE key IN ({', '.join(['%s'] * len(keys))}) ORDER BY key"  # noqa: S608
    if connection.features.has_select_for_update:
        locked += " FOR UPDATE"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_TABLE} SET fails = fails - 1, free_at = {FREE} WHERE key IN ({locked}) AND fails > 0",  # noqa: S608
            keys,
        )


def purge(*, at: datetime) -> int:
    """Drop counters nobody has touched for two days; return how many."""
    return delete_by_slices(Throttle.objects.filter(seen_at__lt=_ms(at - timedelta(days=2))))
