"""How a line is added. The history's only other writer, `forgetting`, lets words go when their time has passed."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from xpassfam.journal.chain import canonical, digest_of, hash_of, scope_of
from xpassfam.journal.kinds import Kind
from xpassfam.journal.models import Head, Line, Payload

Fact = str | int | bool | None | list[str]

# One statement makes the head or moves it on, and holds it until the transaction ends.
MOVE_HEAD = """
    INSERT INTO journal_head (scope, seq, hash) VALUES (%s, 1, '')
    ON CONFLICT (scope) DO UPDATE SET seq = journal_head.seq + 1
    RETURNING seq, hash
"""


@dataclass(frozen=True)
class Actor:
    """Who acts, by values, so that the history needs nobody's row.

    `kind` is an account's role (family, agent, administrator), system, or visitor.
    """

    kind: str
    public_id: str = ""
    name: str = ""


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
    """Add a line, in the caller's transaction. Write it last: its chain waits until that commits.

    `household`, `account` and `person` are public ids. `facts` are the words that the kind's sentence
    names, beside {device} and {actor}; `before` and `after`, where a value changed, are shown under it.
    Never a password, a code or a token.
    """
    words = canonical({"actor": by.name, "device": device, "facts": facts or {}})
    salt = secrets.token_hex(16)
    line = Line(
        scope=scope_of(household=household, account=account),
        at=at,
        kind=kind.code,
        actor_kind=by.kind,
        actor=by.public_id,
        household=household,
        account=account,
        person=person,
        audience=kind.audience,
        digest=digest_of(words, salt=salt),
    )
    with transaction.atomic(savepoint=False):
        line.seq, line.previous = _move_head(line.scope)
        line.hash = hash_of(line)
        line.save(force_insert=True)
        line.payload = Payload(line=line, salt=salt, words=words)
        line.payload.save(force_insert=True)
        Head.objects.filter(scope=line.scope).update(hash=line.hash)
    return line


def _move_head(scope: str) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(MOVE_HEAD, [scope])
        return cursor.fetchall()[0]
