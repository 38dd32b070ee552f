"""Does the history hold? It guards against the application and its operators' mistakes, not against
the owner of the database, who could write whole chains anew, take one away, or cut its end: see `anchors`."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Exists, OuterRef, Subquery

from xpassfam.journal.chain import digest_of, hash_of
from xpassfam.journal.history import FORGOTTEN, OWN_FORGOTTEN, PORTAL_FORGOTTEN
from xpassfam.journal.models import Head, Line, LineQuerySet

TELL_THAT_WORDS_WENT = (FORGOTTEN.code, OWN_FORGOTTEN.code, PORTAL_FORGOTTEN.code)


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold, and what is wrong there."""

    scope: str
    seq: int
    problem: str


@dataclass(frozen=True)
class Walked:
    """A chain that was walked to its end, or to its first broken link."""

    lines: int
    broken: Break | None


def walk() -> Iterator[Walked]:
    """Every chain from its first line, in one statement: what is written meanwhile belongs to the next walk."""
    yield from _walked(Line.objects.all())
    lineless = Head.objects.filter(~Exists(Line.objects.filter(scope=OuterRef("scope")))).order_by("scope")
    for scope in lineless.values_list("scope", flat=True).iterator():
        yield Walked(0, Break(scope, 1, "every line of the chain is missing"))


def verify(scope: str) -> Break | None:
    """Walk one chain; return its first broken link, or None. A chain that was never begun holds."""
    for walked in _walked(Line.objects.filter(scope=scope)):
        return walked.broken
    return Break(scope, 1, "every line of the chain is missing") if Head.objects.filter(scope=scope).exists() else None


def _walked(lines: LineQuerySet) -> Iterator[Walked]:
    head = Head.objects.filter(scope=OuterRef("scope"))
    ends = {"head_seq": Subquery(head.values("seq")), "head_hash": Subquery(head.values("hash"))}
    whole = lines.select_related("payload").annotate(**ends).order_by("scope", "seq")
    for scope, chain in groupby(whole.iterator(), key=lambda line: line.scope):
        yield _walk_chain(scope, chain)


def _walk_chain(scope: str, chain: Iterator[Line]) -> Walked:
    seq, seal, end = 0, "", None
    forgotten: list[_Forgotten] | None = None
    for line in chain:
        seq += 1
        end = (line.head_seq, line.head_hash)  # type: ignore[attr-defined]
        problem = _problem(line, seq=seq, previous=seal)
        if not problem and getattr(line, "payload", None) is None:
            forgotten = _forgotten(scope) if forgotten is None else forgotten
            problem = "" if any(told.explains(line) for told in forgotten) else "the words are missing"
        if problem:
            return Walked(seq, Break(scope, seq, problem))
        seal = line.hash
    return Walked(seq, None if end == (seq, seal) else Break(scope, seq + 1, "the end of the chain is missing"))


def _problem(line: Line, *, seq: int, previous: str) -> str:
    if line.seq != seq:
        return "a line is missing"
    if line.previous != previous:
        return "the line does not follow the one before"
    if line.hash != hash_of(line):
        return "the line was changed"
    payload = getattr(line, "payload", None)
    if payload is None or line.digest == digest_of(payload.words, salt=payload.salt):
        return ""
    return "the words were changed"


@dataclass(frozen=True)
class _Forgotten:
    """What a line of the chain itself says that retention let go: the table that the triggers read proves nothing."""

    seq: int
    before: datetime
    kinds: frozenset[str]

    def explains(self, line: Line) -> bool:
        return line.seq < self.seq and line.at < self.before and line.kind in self.kinds


def _forgotten(scope: str) -> list[_Forgotten]:
    told = Line.objects.filter(scope=scope, kind__in=TELL_THAT_WORDS_WENT, payload__isnull=False)
    found = []
    for seq, words in told.values_list("seq", "payload__words"):
        facts = json.loads(words)["facts"]
        if "older_than" in facts:
            found.append(_Forgotten(seq, datetime.fromisoformat(facts["older_than"]), frozenset(facts["kinds"])))
    return found
