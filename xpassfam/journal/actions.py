"""The only writers of the history: one line, many lines; and words let go when their time has passed."""

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import connection, transaction
from django.db.models import Max

from xpassfam.jobs import bulk
from xpassfam.journal.chain import canonical, digest_of, hash_of, scope_of
from xpassfam.journal.history import FORGOTTEN
from xpassfam.journal.kinds import Kind
from xpassfam.journal.models import Forgetting, Head, Line, Payload

Fact = str | int | bool | None | list[str]

# One statement makes the heads or moves them on, and holds them until the transaction ends.
MOVE_HEADS = """
    INSERT INTO journal_head (scope, seq, hash) VALUES {heads}
    ON CONFLICT (scope) DO UPDATE SET seq = journal_head.seq + excluded.seq
    RETURNING scope, seq, hash
"""
SEAL_HEADS = """
    INSERT INTO journal_head (scope, seq, hash) VALUES {heads}
    ON CONFLICT (scope) DO UPDATE SET hash = excluded.hash
"""
BATCH = 2000


@dataclass(frozen=True)
class Actor:
    """Who acts, by values, so that the history needs nobody's row.

    `kind` is an account's role (family, agent, administrator), system, or visitor.
    """

    kind: str
    public_id: str = ""
    name: str = ""


@dataclass(frozen=True)
class Entry:
    """What a line is to say.

    `household`, `account` and `person` are public ids. `facts` are the words that the kind's sentence
    names, beside {device} and {actor}. Never a password, a code or a token.
    """

    kind: Kind
    household: str = ""
    account: str = ""
    person: str = ""
    device: str = ""
    facts: dict[str, Fact] = field(default_factory=dict)


def write(
    kind: Kind,
    *,
    by: Actor,
    at: datetime,
    household: str = "",
    account: str = "",
    person: str = "",
    device: str = "",
    facts: dict[str, Fact] | None = None,
) -> Line:
    """Add a line, in the caller's transaction. Write it last: its chain waits until that commits."""
    line = _line(Entry(kind, household, account, person, device, facts or {}), by=by, at=at)
    with transaction.atomic(savepoint=False):
        line.seq, line.previous = _move_heads({line.scope: 1})[line.scope]
        line.hash = hash_of(line)
        line.save(force_insert=True)
        line.payload.line = line
        line.payload.save(force_insert=True)
        Head.objects.filter(scope=line.scope).update(hash=line.hash)
    return line


def write_many(entries: Iterable[Entry], *, by: Actor, at: datetime) -> int:
    """Add lines, some thousands at a time, in the caller's transaction; return how many. Write them last.

    One caller at a time: two that each hold chains in an order of their own could wait for each other.
    """
    waiting, count = iter(entries), 0
    while batch := list(islice(waiting, BATCH)):
        _write_batch([_line(entry, by=by, at=at) for entry in batch])
        count += len(batch)
    return count


def forget(*, before: datetime, by: Actor, at: datetime, household: str = "", account: str = "") -> int:
    """Retention: let go the words of a chain's lines older than `before`; return how many.

    The lines stay, and one more says that words went.
    """
    scope = scope_of(household=household, account=account)
    with transaction.atomic():
        old = Line.objects.filter(scope=scope, at__lt=before, payload__isnull=False)
        through = old.aggregate(through=Max("seq"))["through"]
        if through is None:
            return 0
        Forgetting.objects.create(scope=scope, through=through, at=at)
        count, _ = Payload.objects.filter(line__scope=scope, line__seq__lte=through).delete()
        write(FORGOTTEN, by=by, at=at, household=household, account=account, facts={"through": through})
    return count


def _line(entry: Entry, *, by: Actor, at: datetime) -> Line:
    """A line and its payload, not yet in their chain."""
    words = canonical({"actor": by.name, "device": entry.device, "facts": entry.facts})
    salt = secrets.token_hex(16)
    line = Line(
        scope=scope_of(household=entry.household, account=entry.account),
        at=at,
        kind=entry.kind.code,
        actor_kind=by.kind,
        actor=by.public_id,
        household=entry.household,
        account=entry.account,
        person=entry.person,
        audience=entry.kind.audience,
        digest=digest_of(words, salt=salt),
    )
    line.payload = Payload(salt=salt, words=words)
    return line


def _write_batch(lines: list[Line]) -> None:
    count_by_scope = Counter(line.scope for line in lines)
    with transaction.atomic(savepoint=False):
        heads = {
            scope: (seq - count_by_scope[scope], seal) for scope, (seq, seal) in _move_heads(count_by_scope).items()
        }
        for line, pk in zip(lines, bulk.new_ids(Line, len(lines)), strict=True):
            seq, line.previous = heads[line.scope]
            line.pk, line.seq = pk, seq + 1
            line.hash = hash_of(line)
            heads[line.scope] = line.seq, line.hash
        bulk.pour_models(lines)
        payload = Payload._meta.db_table
        bulk.pour(
            payload, ("line_id", "salt", "words"), [(line.pk, line.payload.salt, line.payload.words) for line in lines]
        )
        _statement_on_heads(SEAL_HEADS, heads)


def _move_heads(count_by_scope: dict[str, int]) -> dict[str, tuple[int, str]]:
    """By scope: where the chain ends once so many lines are added, and the seal of its last line before them."""
    rows = _statement_on_heads(MOVE_HEADS, {scope: (count, "") for scope, count in sorted(count_by_scope.items())})
    return {scope: (seq, seal) for scope, seq, seal in rows}


def _statement_on_heads(statement: str, heads: dict[str, tuple[int, str]]) -> list[tuple[str, int, str]]:
    marks = ", ".join(["(%s, %s, %s)"] * len(heads))
    values = [value for scope, (seq, seal) in heads.items() for value in (scope, seq, seal)]
    with connection.cursor() as cursor:
        cursor.execute(statement.format(heads=marks), values)
        return cursor.fetchall() if cursor.description else []
