"""Small things that every request or sign-in pays, against the barest statement that does as much."""

import secrets
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter

from django.db import connection
from django.utils import timezone

from benchmarks import families
from benchmarks.effort import Effort
from benchmarks.figures import Figure
from benchmarks.server import Servers
from xpassfam.accounts import throttle
from xpassfam.accounts.models import Session, Throttle
from xpassfam.accounts.sessions import SessionStore

Step = Callable[[], object]


def measure(effort: Effort, servers: Servers) -> Iterator[Figure]:
    rivals: list[tuple[str, Step, Step]] = [
        ("a throttle’s reservation ÷ a bare upsert", _reservation(), _upsert()),
        ("reservation and refund ÷ a bare upsert", _reservation(and_refund=True), _upsert()),
        ("a session’s load ÷ its row by bare SQL", *_session_loads()),
    ]
    for name, ours, bare in rivals:
        for warm in (ours, bare):
            warm()
        costs = [(_cost(ours), _cost(bare)) for _ in range(effort.repeats)]
        of_ours, of_bare = (median(pair[n] for pair in costs) * 1e6 for n in (0, 1))
        yield Figure("costs", name, f"{of_ours / of_bare:.2f}", detail=f"{of_ours:.0f} and {of_bare:.0f} µs")


def _cost(step: Step) -> float:
    began = perf_counter()
    step()
    return perf_counter() - began


def _reservation(*, and_refund: bool = False) -> Step:
    """Always the same key, whose tries are free: the row is there, as for anybody who comes back."""
    endless = throttle.Scope(f"benchmark-{and_refund}", free=10**6, forget=throttle.IDENTIFIER.forget)

    def step() -> None:
        at = timezone.now()
        reserved = throttle.reserve(endless, "camille@example.org", at=at)
        if and_refund:
            throttle.refund(reserved)

    return step


def _upsert() -> Step:
    key = secrets.token_hex(32)
    statement = (
        f"INSERT INTO {Throttle._meta.db_table} AS t (key, fails, free_at, seen_at) VALUES (%s, 1, 0, 0) "
        "ON CONFLICT (key) DO UPDATE SET fails = t.fails + 1 RETURNING fails"
    )

    def step() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [key])
            cursor.fetchone()

    return step


def _session_loads() -> tuple[Step, Step]:
    [account] = families.accounts(1)
    store = SessionStore()
    store["_auth_user_id"] = str(account.pk)
    store["idle_seconds"] = 3600
    store.save()
    row = Session.objects.get(account=account)
    statement = f"SELECT * FROM {Session._meta.db_table} WHERE session_key = %s"

    def load() -> None:
        SessionStore(store.session_key).load()

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [row.pk])
            cursor.fetchone()

    return load, bare
