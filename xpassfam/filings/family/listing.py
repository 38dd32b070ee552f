"""The family's filings, as its pages show them: the list, a page by key at a time, and one of them whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.dateparse import parse_datetime

from xpassfam.filings.asking import GOOD_HERE
from xpassfam.filings.family.situation import Situation, situation
from xpassfam.filings.models import Filing, Message, Piece
from xpassfam.filings.models.filing import filer_acts
from xpassfam.filings.states import Status
from xpassfam.people.access import ActingAccess, FamilyRequest
from xpassfam.people.prepared import PreparedForViewer
from xpassfam.rules.ages import last_birth_of_adults
from xpassfam.rules.identifiers import is_public_id
from xpassfam.rules.visibility import Viewer

SIZE = 20
# What is not ended is on one page: more than any home has under way.
MOST_OPEN = 100
# What a line says of a filing beside its own row.
NAMED = ("procedure_version__procedure", "filed_by", "about")


@dataclass(frozen=True)
class Line:
    """A filing in a list. `promised`: the day of our answer, while it is ahead. `is_reserved`: a yes
    under reserve for which nothing was given yet.
    """

    filing: Filing
    situation: Situation
    unread: int
    is_mine: bool
    promised: date | None
    is_reserved: bool


@dataclass(frozen=True)
class Listing:
    drafts: Sequence[Line]
    to_complete: Sequence[Line]
    under_way: Sequence[Line]
    ended: Sequence[Line]
    older: str = ""  # the key of the next page of what has ended


def listing(access: ActingAccess, *, before: str = "") -> Listing:
    """Two queries. With `before`, what ended earlier alone."""
    rows = _rows(access)
    ended, older = _ended(rows, access, before)
    if before:
        return Listing((), (), (), ended, older)
    lines = [_line(row, access) for row in rows.filter(ended_at=None).order_by("-saved_at", "-pk")[:MOST_OPEN]]
    return Listing(
        drafts=[one for one in lines if one.filing.is_draft],
        to_complete=[one for one in lines if one.filing.status == Status.AWAITING_APPLICANT],
        under_way=[one for one in lines if one.filing.turn is Filing.Turn.DESK],
        ended=ended,
        older=older,
    )


def open_lines(access: ActingAccess) -> list[Line]:
    """What is under way, or has an answer that was not read yet. One query, and one more where there is something."""
    facts = {pk: said for pk, *said in _OPEN.rows(access)}
    if not facts:
        return []
    rows = Filing.objects.select_related(*NAMED).in_bulk(facts)
    return [_line_of(rows[pk], access, *facts[pk]) for pk in facts if pk in rows]


def lines_of(request: FamilyRequest) -> list[Line]:
    """As `open_lines`; read once, whatever of a page asks for them."""
    known: list[Line] | None = getattr(request, "filings_open", None)
    if known is None:
        known = open_lines(request.access)
        request.filings_open = known  # type: ignore[attr-defined]
    return known


def read_key(text: str) -> tuple[datetime, str] | None:
    at, _sign, public_id = text.partition("~")
    try:
        moment = parse_datetime(at.replace(" ", "+"))
    except ValueError:
        return None
    return (moment, public_id) if moment and moment.tzinfo and is_public_id(public_id) else None


def _rows(access: Viewer) -> QuerySet[Filing]:
    of_contest = Filing.objects.pending().filter(contests__filing=OuterRef("pk"), contests__superseded_at=None)
    from_desk = Q(messages__read_at=None, messages__side__in=[Message.Side.DESK, Message.Side.SYSTEM])
    given_since = Piece.objects.filter(filing=OuterRef("pk"), added_at__gt=OuterRef("ended_at"), verdict__in=GOOD_HERE)
    rows = Filing.objects.visible_to(access).select_related(*NAMED)
    return rows.annotate(
        is_contested=Exists(of_contest),
        unread=Count("messages", filter=from_desk),
        filer_acts=filer_acts(access.on),
        is_reserved=Q(status=Status.APPROVED_UNDER_RESERVE) & ~Exists(given_since),
    )


def _open(access: Viewer) -> "QuerySet[Filing, Any]":
    is_to_read = Q(filed_by=access.person_id) | Q(filer_acts=False)
    rows = _rows(access)
    is_news = Q(read_at=None, filed_by=access.person_id) | (Q(unread__gt=0) & is_to_read)
    rows = rows.filter(Q(ended_at=None) | is_news | Q(is_reserved=True))
    ordered = rows.order_by("due_on", "-saved_at", "-pk")[:MOST_OPEN]
    return ordered.values_list("pk", "is_contested", "unread", "filer_acts", "is_reserved")  # type: ignore[misc]


_OPEN = PreparedForViewer(_open, derived={"born": ("on", last_birth_of_adults)})


def _ended(rows: QuerySet[Filing], access: ActingAccess, before: str) -> tuple[list[Line], str]:
    found = rows.filter(ended_at__isnull=False).order_by("-ended_at", "-public_id")
    key = read_key(before) if before else None
    if key:
        found = found.filter(Q(ended_at__lt=key[0]) | Q(ended_at=key[0], public_id__lt=key[1]))
    page = list(found[: SIZE + 1])
    last = page[SIZE - 1] if len(page) > SIZE else None
    older = f"{last.ended_at.isoformat()}~{last.public_id}" if last and last.ended_at else ""
    return [_line(row, access) for row in page[:SIZE]], older


def _line(row: Filing, access: ActingAccess) -> Line:
    facts = (row.is_contested, row.unread, row.filer_acts, row.is_reserved)  # type: ignore[attr-defined]
    return _line_of(row, access, *facts)


def _line_of(
    row: Filing, access: ActingAccess, is_contested: bool, unread: int, filer_acts: bool, is_reserved: bool
) -> Line:
    """What is another's to read waits for them alone: see `models.filing.read_by`."""
    is_mine = row.filed_by_id == access.person_id
    return Line(
        row,
        situation(row, on=access.on, is_contested=is_contested),
        unread if is_mine or not filer_acts else 0,
        is_mine,
        row.due_on if row.turn is Filing.Turn.DESK and not row.is_late(on=access.on) else None,
        is_reserved,
    )
