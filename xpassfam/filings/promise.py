"""« Nous ne redemandons jamais un document encore valable »: how far that holds, measured once a night.

The share is of documents that an agent had accepted and that were still valid, asked for again, over the pieces that
served for requests in the same month. What the family renews by itself, and what ended or was never accepted, is in
neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from xpassfam.documents.models import Withdrawal
from xpassfam.filings.models import AskedAgain, Piece

MONTHS = 12


@dataclass(frozen=True)
class Kept:
    pieces: int
    again: int

    @property
    def share(self) -> float:
        """Of a hundred pieces, how many were asked for again."""
        return 100 * self.again / self.pieces if self.pieces else 0


def measure(*, at: datetime) -> None:
    """The last twelve months, this one included: what an outage left out is counted the night after. Two counts."""
    months = months_until(timezone.localdate(at))
    since = timezone.make_aware(datetime.combine(months[0], time.min))
    pieces = _by_month(Piece.objects.exclude(filing__reference=None).filter(added_at__gte=since), "added_at")
    again = _by_month(Withdrawal.objects.filter(was_good=True, at__gte=since), "at")
    for month in months:
        known = {"pieces": pieces.get(month, 0), "again": again.get(month, 0)}
        AskedAgain.objects.update_or_create(month=month, defaults=known)


def by_month(*, on: date) -> list[AskedAgain]:
    """As last measured, the oldest first. One query."""
    return list(AskedAgain.objects.filter(month__in=months_until(on)))


def last_year(*, on: date) -> Kept:
    """One query."""
    known = AskedAgain.objects.filter(month__in=months_until(on)).aggregate(pieces=Sum("pieces"), again=Sum("again"))
    return Kept(known["pieces"] or 0, known["again"] or 0)


def months_until(on: date) -> list[date]:
    """The first day of each of the last twelve months, this one included."""
    last = on.year * 12 + on.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - MONTHS + 1, last + 1)]


def _by_month(rows: "QuerySet[Piece] | QuerySet[Withdrawal]", instant: str) -> Mapping[date, int]:
    months = rows.annotate(month=TruncMonth(instant)).order_by().values_list("month")
    return {timezone.localdate(month): count for month, count in months.annotate(count=Count("pk"))}
