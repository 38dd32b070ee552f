"""What families gave in advance, for an agent to check: the oldest first, pages by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from xpassfam.desk.counting import MOST
from xpassfam.documents.models import Document
from xpassfam.documents.shown import Shown, shown
from xpassfam.filings.for_desk import documents_to_check

ROWS = 50


@dataclass(frozen=True)
class Page:
    """`last`: after which document the next page begins, where there is one."""

    rows: Sequence[Shown]
    last: Document | None


def page(after: Document | None, *, on: date) -> Page:
    """One query."""
    waiting = documents_to_check(on=on).select_related("household", "person", "given_by", "replaced_by")
    if after:
        waiting = waiting.filter(Q(given_at__gt=after.given_at) | Q(given_at=after.given_at, pk__gt=after.pk))
    found = list(waiting[: ROWS + 1])
    rows = [shown(document, on=on) for document in found[:ROWS]]
    return Page(rows, rows[-1].document if len(found) > ROWS else None)


def waiting_count(*, on: date) -> int:
    """One more than `MOST` at most."""
    return documents_to_check(on=on)[: MOST + 1].count()
