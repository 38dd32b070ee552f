"""How the promise was kept: the figure that is published, and those that agents read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from xpassfam.organisation import promise
from xpassfam.organisation.promise import Figure
from xpassfam.rules.promises import elapsed
from xpassfam.support.models import Ticket
from xpassfam.support.models.ticket import State, Topic

DAYS = 90
FEWEST = 5  # of fewer, a figure says more of one person than of us
MOST_TIMED = 5000


def figure(at: datetime) -> Figure | None:
    """Of the first answers that fell due in the last 90 days, how many came in time. One query.

    What nobody answered counts as late. What its writer settled before the hour was never owed an answer.
    """
    found = _fell_due(at).aggregate(
        due=Count("pk"), kept=Count("pk", filter=Q(first_answered_at__lte=F("first_due_at")))
    )
    return Figure(DAYS, found["due"], found["kept"]) if found["due"] >= FEWEST else None


def _fell_due(at: datetime) -> "QuerySet[Ticket]":
    owed = Ticket.objects.filter(merged_into=None, first_due_at__gt=at - timedelta(days=DAYS), first_due_at__lte=at)
    return owed.exclude(first_answered_at=None, is_closed_by_writer=True, closed_at__lte=F("first_due_at"))


@dataclass(frozen=True)
class Statistics:
    figure: Figure | None
    open: int
    waiting: int
    late: int
    unproved: int
    median: timedelta | None
    slowest: timedelta | None  # nine in ten came within it
    by_topic: list[tuple[str, int, int]]  # topic, how many, of which in time


def statistics(*, at: datetime) -> Statistics:
    """Three queries."""
    now = Ticket.objects.unclosed().aggregate(
        open=Count("pk", filter=Q(state=State.OPEN)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        late=Count("pk", filter=Q(state=State.OPEN, due_at__lte=at)),
        unproved=Count("pk", filter=Q(proof="none")),
    )
    times = _times(at)
    return Statistics(
        figure=figure(at),
        median=_share(times, 0.5),
        slowest=_share(times, 0.9),
        by_topic=_by_topic(at),
        **now,
    )


def _times(at: datetime) -> list[timedelta]:
    answered = _fell_due(at).exclude(first_answered_at=None).order_by("-first_due_at")
    rows = answered.values_list("received_at", "first_answered_at")[:MOST_TIMED]
    calendar = promise.calendar()
    return sorted(elapsed(received, first, calendar) for received, first in rows if first)


def _share(times: list[timedelta], share: float) -> timedelta | None:
    return times[min(len(times) - 1, int(len(times) * share))] if times else None


def _by_topic(at: datetime) -> list[tuple[str, int, int]]:
    in_time = Count("pk", filter=Q(first_answered_at__lte=F("first_due_at")))
    rows = _fell_due(at).values_list("topic").annotate(count=Count("pk"), kept=in_time).order_by("-count", "topic")
    return [(str(Topic(topic).label), count, kept) for topic, count, kept in rows]
