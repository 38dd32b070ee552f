"""How lines are added, one or many. The only other writer, `forgetting`, lets words go when their time has passed."""

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import connection, transaction

from xpassfam.jobs import bulk
from xpassfam.journal.chain import canonical, digest_of, hash_of, scope_of
from xpassfam.journal.kinds import Kind
from xpassfam.journal.models import Head, Line, Payload

Fact = str | int | bool | None | list[str]

# One statement makes the heads or moves them on, and holds them until the transaction ends.
MOVE_HEADS = """
    INSERT INTO journal_head (scope, seq, hash) {heads}
    ON CONFLICT (scope) DO UPDATE SET seq = journal_head.seq + excluded.seq
    RETURNING scope, seq, hash
"""
MOVING = bulk.Scratch("moving_head", {"scope": "text", "seq": "bigint", "hash": "text"})
SEAL_HEADS = f"UPDATE journal_head SET hash = m.hash FROM {MOVING.name} m WHERE m.scope = journal_head.scope"  # noqa: S608
LINE_COLUMNS = (
    "id",
    "scope",
    "seq",
    "at",
    "kind",
    "actor_kind",
    "actor",
    "household",
    "account",
    "person",
    "audience",
    "digest",
    "previous",
    "hash",
)
BATCH = 5000


@dataclass(frozen=True)
class Actor:
    """Who acts, by values, so that the history needs nobody's row.

    `kind` is an account's role (family, agent, administrator), system, or visitor. `device` is theirs, where a
    request says it: each line that they write has it.
    """

    kind: str
    public_id: str = ""
    name: str = ""
    device: str = ""


@dataclass(frozen=True)
class Entry:
    """What a line is to say.

    `household`, `account` and `person` are public ids. `facts` are the words that the kind's sentence
    names, beside {device} and {actor}; `before` and `after`, where a value changed, are shown under it.
    Never a password, a code or a token.
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
    draft = _draft(Entry(kind, household, account, person, device, facts or {}), by=by, at=at)
    with transaction.atomic(savepoint=False):
        with connection.cursor() as cursor:
            cursor.execute(MOVE_HEADS.format(heads="VALUES (%s, 1, '')"), [draft.scope])
            [(_scope, draft.seq, draft.previous)] = cursor.fetchall()
        draft.hash = hash_of(draft)
        line = Line(**{name: getattr(draft, name) for name in LINE_COLUMNS if name != "id"})
        line.save(force_insert=True)
        line.payload = Payload(line=line, salt=draft.salt, words=draft.words)
        line.payload.save(force_insert=True)
        Head.objects.filter(scope=line.scope).update(hash=line.hash)
    return line


def write_many(entries: Iterable[Entry], *, by: Actor, at: datetime) -> int:
    """Add lines, some thousands at a time, in the caller's transaction; return how many. Write them last.

    One caller at a time: two that each hold chains in an order of their own could wait for each other.
    """
    waiting, count = iter(entries), 0
    first = list(islice(waiting, BATCH))
    if not first:
        return 0
    with transaction.atomic(savepoint=False), bulk.scratches(MOVING):
        while batch := first or list(islice(waiting, BATCH)):
            _write_batch([_draft(entry, by=by, at=at) for entry in batch], at=at)
            count += len(batch)
            first = []
    return count


@dataclass(slots=True)
class _Draft:
    """A line and its words, on their way into their chain."""

    scope: str
    at: datetime
    kind: str
    actor_kind: str
    actor: str
    household: str
    account: str
    person: str
    audience: str
    digest: str
    salt: str
    words: str
    seq: int = 0
    previous: str = ""
    hash: str = ""


def _draft(entry: Entry, *, by: Actor, at: datetime) -> _Draft:
    words = canonical({"actor": by.name, "device": entry.device or by.device, "facts": entry.facts})
    salt = secrets.token_hex(16)
    return _Draft(
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
        salt=salt,
        words=words,
    )


def _write_batch(drafts: list[_Draft], *, at: datetime) -> None:
    heads = _move_heads(Counter(draft.scope for draft in drafts))
    stored_at = connection.ops.adapt_datetimefield_value(at)
    lines, payloads = [], []
    for draft, pk in zip(drafts, bulk.new_ids(Line, len(drafts)), strict=True):
        seq, draft.previous = heads[draft.scope]
        draft.seq = seq + 1
        draft.hash = hash_of(draft)
        heads[draft.scope] = draft.seq, draft.hash
        lines.append(
            (
                pk,
                draft.scope,
                draft.seq,
                stored_at,
                draft.kind,
                draft.actor_kind,
                draft.actor,
                draft.household,
                draft.account,
                draft.person,
                draft.audience,
                draft.digest,
                draft.previous,
                draft.hash,
            )
        )
        payloads.append((pk, draft.salt, draft.words))
    bulk.pour(Line._meta.db_table, LINE_COLUMNS, lines)
    bulk.pour(Payload._meta.db_table, ("line_id", "salt", "words"), payloads)
    MOVING.empty()
    MOVING.pour([(scope, seq, seal) for scope, (seq, seal) in heads.items()])
    bulk.run(SEAL_HEADS)


def _move_heads(count_by_scope: Counter[str]) -> dict[str, tuple[int, str]]:
    """By scope: where its chain ended, now that so many lines are added, and the seal of its last line."""
    MOVING.empty()
    MOVING.pour([(scope, count, "") for scope, count in count_by_scope.items()])
    # In order: two that move several heads meet at the first. WHERE TRUE: SQLite would take ON for a join's.
    heads = f"SELECT scope, seq, hash FROM {MOVING.name} WHERE TRUE ORDER BY scope"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(MOVE_HEADS.format(heads=heads))
        return {scope: (seq - count_by_scope[scope], seal) for scope, seq, seal in cursor.fetchall()}
