"""Does the history hold? It guards against the application and its operators' mistakes, not against
the owner of the database, who could write the whole chain anew."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max

from xpassfam.journal.chain import digest_of, hash_of
from xpassfam.journal.models import Forgetting, Head, Line


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold, and what is wrong there."""

    scope: str
    seq: int
    problem: str


def scopes() -> Iterator[str]:
    """Every chain: those with a head, and lines that lost theirs."""
    yield from Head.objects.order_by("scope").values_list("scope", flat=True).iterator()
    orphans = Line.objects.exclude(scope__in=Head.objects.values("scope"))
    yield from orphans.order_by("scope").values_list("scope", flat=True).distinct()


def verify(scope: str) -> Break | None:
    """Walk a chain from its first line; return the first broken link, or None."""
    # The head first: lines added while we walk are beyond it, and belong to the next walk.
    head = Head.objects.filter(scope=scope).first()
    forgotten = Forgetting.objects.filter(scope=scope).aggregate(through=Max("through"))["through"] or 0
    lines = Line.objects.filter(scope=scope).select_related("payload").order_by("seq")
    if head is not None:
        lines = lines.filter(seq__lte=head.seq)
    seq, seal = 0, ""
    for line in lines.iterator():
        seq += 1
        if problem := _problem(line, seq=seq, previous=seal, forgotten=forgotten):
            return Break(scope, seq, problem)
        seal = line.hash
    if head is None or (head.seq, head.hash) != (seq, seal):
        return Break(scope, seq + 1, "the end of the chain is missing")
    return None


def _problem(line: Line, *, seq: int, previous: str, forgotten: int) -> str:
    if line.seq != seq:
        return "a line is missing"
    if line.previous != previous:
        return "the line does not follow the one before"
    if line.hash != hash_of(line):
        return "the line was changed"
    payload = getattr(line, "payload", None)
    if payload is None:
        return "" if seq <= forgotten else "the words are missing"
    return "" if line.digest == digest_of(payload.words, salt=payload.salt) else "the words were changed"
