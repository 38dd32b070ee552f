"""How lines are added, one or many. The only other writer, `forgetting`, lets words go when their time has passed."""

import json
import secrets
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import islice

from django.db import connection, transaction

from xpassfam.jobs import bulk
from xpassfam.journal.chain import canonical, digest_of, hash_of, scope_of
from xpassfam.journal.kinds import Kind
from xpassfam.journal.models import Head, Line, Payload

Fact = str | int | bool | None | list[str]

# One statement makes the head or moves it on, and holds it until the transaction ends.
MOVE_HEAD = """
    INSERT INTO journal_head (scope, seq, hash) VALUES (%s, 1, '')
    ON CONFLICT (scope) DO UPDATE SET seq = journal_head.seq + excluded.seq
    RETURNING scope, seq, hash
"""
# Thousands of chains are one parameter, that nobody resolves one by one.
HOLD_HEADS = "SELECT scope, seq, hash FROM journal_head WHERE scope = ANY(%s) ORDER BY scope FOR UPDATE"
FIND_HEADS = "SELECT scope, seq, hash FROM journal_head WHERE scope IN (SELECT value FROM json_each(%s))"
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
SALT = 16  # bytes


@dataclass(frozen=True)
class Behalf:
    """For whom somebody acts who does not live there: a home, by its public id and its name."""

    household: str
    name: str


@dataclass(frozen=True)
class Actor:
    """Who acts, by values, so that the history needs nobody's row.

    `kind` is an account's role (family, agent, administrator), system, or visitor. `device` is theirs, where a
    request says it: each line that they write has it; the lines of the home of `behalf` say that it was on its behalf.
    """

    kind: str
    public_id: str = ""
    name: str = ""
    device: str = ""
    behalf: Behalf | None = None


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
    entry = Entry(kind, household, account, person, device, facts or {})
    draft = _draft(entry, by=by, at=at, salt=secrets.token_hex(SALT))
    with transaction.atomic(savepoint=False):
        with connection.cursor() as cursor:
            cursor.execute(MOVE_HEAD, [draft.scope])
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
    with transaction.atomic(savepoint=False):
        while batch := list(islice(waiting, BATCH)):
            _write_batch(batch, by=by, at=at)
            count += len(batch)
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


def _draft(entry: Entry, *, by: Actor, at: datetime, salt: str) -> _Draft:
    device = entry.device or by.device
    behalf = by.behalf.name if by.behalf and by.behalf.household == entry.household else ""
    words = _words(by.name, device, entry.facts, behalf) if entry.facts else _usual_words(by.name, device, behalf)
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


def _words(actor: str, device: str, facts: dict[str, Fact], behalf: str) -> str:
    told = {"actor": actor, "device": device, "facts": facts}
    return canonical(told | {"behalf": behalf} if behalf else told)


@lru_cache(maxsize=100)
def _usual_words(actor: str, device: str, behalf: str) -> str:
    """Of a line without facts: a register brings hundreds of thousands that say the same."""
    return _words(actor, device, {}, behalf)


def _write_batch(entries: list[Entry], *, by: Actor, at: datetime) -> None:
    held = _hold_heads({scope_of(household=entry.household, account=entry.account) for entry in entries})
    heads = dict(held)
    ids = bulk.new_ids(Line, len(entries))
    salts = secrets.token_hex(SALT * len(entries))
    stored_at = connection.ops.adapt_datetimefield_value(at)
    payloads = []

    def lines() -> Iterator[bulk.Params]:
        for number, (entry, pk) in enumerate(zip(entries, ids, strict=True)):
            draft = _draft(entry, by=by, at=at, salt=salts[2 * SALT * number : 2 * SALT * (number + 1)])
            seq, draft.previous = heads.get(draft.scope, (0, ""))
            draft.seq = seq + 1
            draft.hash = hash_of(draft)
            heads[draft.scope] = draft.seq, draft.hash
            payloads.append((pk, draft.salt, draft.words))
            yield (
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

    bulk.pour(Line._meta.db_table, LINE_COLUMNS, lines())
    bulk.pour(Payload._meta.db_table, ("line_id", "salt", "words"), payloads)
    _seal(heads, held)


def _seal(heads: dict[str, tuple[int, str]], held: Collection[str]) -> None:
    """The head of a new chain is written once, sealed; a chain that another began meanwhile ends this transaction."""
    begun = ((scope, seq, seal) for scope, (seq, seal) in heads.items() if scope not in held)
    bulk.pour(Head._meta.db_table, ("scope", "seq", "hash"), begun)
    Head.objects.bulk_create(
        [Head(scope=scope, seq=heads[scope][0], hash=heads[scope][1]) for scope in held],
        update_conflicts=True,
        unique_fields=["scope"],
        update_fields=["seq", "hash"],
    )


def _hold_heads(scopes: set[str]) -> dict[str, tuple[int, str]]:
    """By scope, where its chain ended. In order: two that hold several heads meet at the first."""
    with connection.cursor() as cursor:
        if bulk.is_sqlite():
            cursor.execute(FIND_HEADS, [json.dumps(list(scopes))])
        else:
            cursor.execute(HOLD_HEADS, [list(scopes)])
        return {scope: (seq, seal) for scope, seq, seal in cursor.fetchall()}
