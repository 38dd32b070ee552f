"""The history a page at a time: page 1,000 costs as page 1."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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
        if not (instant.isdecimal() and len(instant) < 18 and len(hash) == 64 and hash.isalnum()):
            return None
        return cls(EPOCH + timedelta(microseconds=int(instant)), hash)

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.hash}"


@dataclass(frozen=True)
class Wanted:
    """What to keep of a history. Kinds by the beginning of their code; `since` included, `until` not."""

    kinds: tuple[str, ...] = ()
    actor_kinds: tuple[str, ...] = ()
    actor: str = ""
    person: str = ""
    since: datetime | None = None
    until: datetime | None = None

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
        if self.person:
            lines = lines.filter(person=self.person)
        if self.since:
            lines = lines.filter(at__gte=self.since)
        if self.until:
            lines = lines.filter(at__lt=self.until)
        return lines


@dataclass(frozen=True)
class Page:
    """Lines, newest first, and the keys of the pages beside this one, where there are any."""

    lines: list[Line] = field(default_factory=list)
    newer: Key | None = None
    older: Key | None = None


def page(
    sources: Sequence[LineQuerySet],
    wanted: Wanted,
    *,
    before: Key | None = None,
    after: Key | None = None,
    size: int,
) -> Page:
    """The newest lines before a key; or, after a key, those that just follow it, newest first too.

    Each source is read along an index, then they are merged: a single statement with OR would sort the whole history.
    """
    if after:
        lines = _merged([_after(wanted.of(lines), after) for lines in sources], "at", "hash", size=size + 1)
        if len(lines) > size:
            lines = lines[:size][::-1]
            return Page(lines, Key.of(lines[0]), Key.of(lines[-1]))
        # No more than a page follows: that is the first one, whole.
        before = None
    lines = _merged([_before(wanted.of(lines), before) for lines in sources], "-at", "-hash", size=size + 1)
    has_older, lines = len(lines) > size, lines[:size]
    return Page(
        lines, Key.of(lines[0]) if lines and before else None, Key.of(lines[-1]) if lines and has_older else None
    )


def every(sources: Sequence[LineQuerySet], wanted: Wanted) -> Iterator[Line]:
    """All the lines, newest first, holding no more than a page of them."""
    key: Key | None = None
    while True:
        found = page(sources, wanted, before=key, size=BATCH)
        yield from found.lines
        key = found.older
        if key is None:
            return


def find(access: Reader, text: str) -> Line | None:
    """The line of a key, if `access` may read it."""
    key = Key.read(text)
    if key is None:
        return None
    lines = Line.objects.visible_to(access).select_related("payload")
    return lines.filter(at=key.at, hash=key.hash).first()


def readable(access: Reader) -> tuple[LineQuerySet, ...]:
    """What a family reads: see `LineQuerySet.visible_to`."""
    return Line.objects.by_index(access)


def of_file(household: str) -> tuple[LineQuerySet, ...]:
    """What staff read of a family's file: never what is a person's own."""
    lines = Line.objects.filter(household=household)
    return tuple(lines.filter(audience=audience) for audience in (Audience.HOUSEHOLD, Audience.STAFF))


def _merged(sources: Sequence[LineQuerySet], *order: str, size: int) -> list[Line]:
    found = [lines.select_related("payload").order_by(*order)[:size] for lines in sources]
    is_descending = order[0].startswith("-")
    return list(islice(merge(*found, key=lambda line: (line.at, line.hash), reverse=is_descending), size))


def _before(lines: LineQuerySet, key: Key | None) -> LineQuerySet:
    """Both bounds: the first is one that an index can begin at, the second tells the lines of one instant apart."""
    if key is None:
        return lines
    return lines.filter(Q(at__lt=key.at) | Q(hash__lt=key.hash), at__lte=key.at)


def _after(lines: LineQuerySet, key: Key) -> LineQuerySet:
    return lines.filter(Q(at__gt=key.at) | Q(hash__gt=key.hash), at__gte=key.at)
