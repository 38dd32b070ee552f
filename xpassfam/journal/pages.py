"""The history a page at a time: page 1,000 costs as page 1."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Self

from django.db.models import Q

from xpassfam.journal.kinds import Audience
from xpassfam.journal.models import Line, LineQuerySet, Reader

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BATCH = 500


@dataclass(frozen=True)
class Key:
    """Where a page ends: an instant, and the line's hash, which orders the lines of one instant."""

    at: datetime
    hash: str

    @classmethod
    def of(cls, line: Line) -> Self:
        return cls(line.at, line.hash)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The key of an address; None for what is none."""
        instant, _, hash = text.partition("-")
        if not (instant.isdigit() and len(instant) < 18 and len(hash) == 64 and hash.isalnum()):
            return None
        return cls(EPOCH + timedelta(microseconds=int(instant)), hash)

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.hash}"


@dataclass(frozen=True)
class Wanted:
    """What to keep of a history: kinds by the beginning of their code, one sort of actor, since an instant."""

    kinds: tuple[str, ...] = ()
    actor_kinds: tuple[str, ...] = ()
    actor: str = ""
    since: datetime | None = None

    def of(self, lines: LineQuerySet) -> LineQuerySet:
        if self.kinds:
            starts = Q()
            for start in self.kinds:
                starts |= Q(kind__startswith=start)
            lines = lines.filter(starts)
        if self.actor_kinds:
            lines = lines.filter(actor_kind__in=self.actor_kinds)
        if self.actor:
            lines = lines.filter(actor=self.actor)
        if self.since:
            lines = lines.filter(at__gte=self.since)
        return lines


def page(access: Reader, wanted: Wanted, *, before: Key | None, size: int) -> tuple[list[Line], Key | None]:
    """The newest lines that `access` may read, before a key; and the key of the next page, if there is one.

    Two look-ups along an index, merged: a single one with OR would sort the whole history.
    """
    newest = [
        _before(wanted.of(lines), before).select_related("payload").order_by("-at", "-hash")[: size + 1]
        for lines in readable(access)
    ]
    lines = list(islice(merge(*newest, key=lambda line: (line.at, line.hash), reverse=True), size + 1))
    return lines[:size], Key.of(lines[size - 1]) if len(lines) > size else None


def every(access: Reader, wanted: Wanted) -> Iterator[Line]:
    """All the lines, newest first, holding no more than a page of them."""
    key: Key | None = None
    while True:
        lines, key = page(access, wanted, before=key, size=BATCH)
        yield from lines
        if key is None:
            return


def find(access: Reader, text: str) -> Line | None:
    """The line of a key, if `access` may read it."""
    key = Key.read(text)
    if key is None:
        return None
    found = [lines.filter(at=key.at, hash=key.hash).select_related("payload").first() for lines in readable(access)]
    return next((line for line in found if line), None)


def readable(access: Reader) -> tuple[LineQuerySet, LineQuerySet]:
    """The lines of the household acted for, and the person's own."""
    lines = Line.objects.visible_to(access)
    return (
        lines.filter(household=access.household, audience=Audience.HOUSEHOLD),
        lines.filter(person=access.person, audience=Audience.SELF),
    )


def _before(lines: LineQuerySet, key: Key | None) -> LineQuerySet:
    if key is None:
        return lines
    return lines.filter(Q(at__lt=key.at) | Q(at=key.at, hash__lt=key.hash))
