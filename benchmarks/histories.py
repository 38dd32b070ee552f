"""Histories of any length, chained as they are, written as rows: how they come about is not what is measured."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from django.db import transaction

from xpassfam.household.history import FILE_READ
from xpassfam.journal.actions import Actor
from xpassfam.journal.chain import canonical, digest_of, hash_of, scope_of
from xpassfam.journal.kinds import Kind
from xpassfam.journal.models import Head, Line, Payload
from xpassfam.people.history import HOUSEHOLD_UPDATED

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
EVERY = timedelta(minutes=3)
BATCH = 5000
SYSTEM, AGENT = Actor("system"), Actor("agent", "n" * 26, "Nadia Ferrand")
# One in a thousand is an agent's: what a filter must look for.
SORTS: dict[int, tuple[Kind, Actor, dict[str, object]]] = {
    0: (FILE_READ, AGENT, {"reader": "un agent"}),
    1: (HOUSEHOLD_UPDATED, SYSTEM, {"changes": "adresse"}),
}
USUAL: tuple[Kind, Actor, dict[str, object]] = HOUSEHOLD_UPDATED, SYSTEM, {"changes": "téléphone"}


def of_household(household: str, lines: int) -> None:
    """A household's whole chain, its head with it."""
    chain = _chain(household, lines)
    last: Line | None = None
    while batch := list(islice(chain, BATCH)):
        with transaction.atomic():
            written = Line.objects.bulk_create([line for line, _payload in batch])
            for line, (_same, payload) in zip(written, batch, strict=True):
                payload.line_id = line.pk
            Payload.objects.bulk_create([payload for _line, payload in batch])
        last = batch[-1][0]
    if last:
        Head.objects.create(scope=last.scope, seq=last.seq, hash=last.hash)


def _chain(household: str, lines: int) -> Iterator[tuple[Line, Payload]]:
    seal = ""
    for seq in range(1, lines + 1):
        kind, by, facts = SORTS.get(seq % 1000, USUAL)
        words, salt = canonical({"actor": by.name, "device": "", "facts": facts}), secrets.token_hex(16)
        line = Line(
            scope=scope_of(household=household, account=""),
            seq=seq,
            at=BEGAN + seq * EVERY,
            kind=kind.code,
            actor_kind=by.kind,
            actor=by.public_id,
            household=household,
            audience=kind.audience,
            digest=digest_of(words, salt=salt),
            previous=seal,
        )
        seal = line.hash = hash_of(line)
        yield line, Payload(salt=salt, words=words)
