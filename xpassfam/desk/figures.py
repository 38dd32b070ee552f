"""How the work goes: what comes and is decided, in how long, what is refused and why, what waits.

A fixed number of queries, each of which groups in the database.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from xpassfam.filings.models import Decision, Filing
from xpassfam.procedures.models import Procedure, Version
from xpassfam.rules.time_limits import DAY, Delay

WEEKS = 12
AGES = (5, 15, 30, 60)  # days; the last bucket is beyond
LONGEST = 800  # days looked at to count those worked


@dataclass(frozen=True)
class Week:
    monday: date
    received: int
    decided: int


@dataclass(frozen=True)
class Pace:
    """In working days: half are answered within `median`, nine in ten within `ninth`."""

    title: str
    promise: Delay | None
    count: int
    median: int
    ninth: int


@dataclass(frozen=True)
class Refusals:
    code: str
    sentence: str
    count: int


@dataclass(frozen=True)
class Age:
    """Filings that wait for us since fewer than `below` days; None: longer than all."""

    since: int
    below: int | None
    count: int


def first_day(on: date) -> date:
    """The Monday of the first of the weeks that are shown."""
    return on - timedelta(days=on.weekday(), weeks=WEEKS - 1)


def weeks(*, on: date) -> list[Week]:
    """Two queries."""
    start = first_day(on)
    received = _by_day(Filing.objects.filter(filed_at__gte=_midnight(start)), "filed_at")
    decided = _by_day(Decision.objects.filter(decided_at__gte=_midnight(start)), "decided_at")
    mondays = [start + timedelta(weeks=n) for n in range(WEEKS)]
    return [Week(monday, _of_week(received, monday), _of_week(decided, monday)) for monday in mondays]


def paces(*, on: date, is_working: Callable[[date], bool]) -> list[Pace]:
    """By procedure, the slowest first, of what was decided in those weeks. Two queries."""
    decided = Decision.objects.filter(decided_at__gte=_midnight(first_day(on)), superseded_at=None)
    days = decided.annotate(filed_on=TruncDate("filing__filed_at"), decided_on=TruncDate("decided_at"))
    pairs = days.order_by().values_list("filing__procedure_version__procedure", "filed_on", "decided_on")
    worked = _worked_until(on, is_working)
    found: dict[int, Counter[int]] = {}
    for procedure, filed_on, decided_on, count in pairs.annotate(count=Count("pk")):
        found.setdefault(procedure, Counter())[worked(decided_on) - worked(filed_on)] += count
    known = Procedure.objects.filter(pk__in=found).select_related("current")
    rows = [_pace(one, found[one.pk]) for one in known]
    return sorted(rows, key=lambda row: (-row.ninth, row.title))


def refusals(*, on: date) -> list[Refusals]:
    """By reason, the most frequent first: a decision that gives two counts for both. Two queries."""
    refused = Decision.objects.filter(decided_at__gte=_midnight(first_day(on)), outcome=Decision.Outcome.REFUSED)
    grouped = refused.order_by().values_list("filing__procedure_version", "reasons").annotate(count=Count("pk"))
    rows = list(grouped)
    definitions = {one.pk: one.definition for one in Version.objects.filter(pk__in={row[0] for row in rows})}
    counted: Counter[tuple[str, str]] = Counter()
    for version, codes, count in rows:
        for code in codes:
            counted[code, definitions[version].reason(code).sentence] += count
    found = [Refusals(code, sentence, count) for (code, sentence), count in counted.items()]
    return sorted(found, key=lambda row: (-row.count, row.code, row.sentence))


def ages(*, on: date) -> list[Age]:
    """What waits for us, by the days since it was sent. One query."""
    edges = [0, *AGES]
    bounds = list(zip(edges, [*AGES, None], strict=True))
    counts = Filing.objects.at_desk().aggregate(
        **{f"from_{since}": Count("pk", filter=_sent_between(since, below, on)) for since, below in bounds}
    )
    return [Age(since, below, counts[f"from_{since}"]) for since, below in bounds]


def rank(counted: Mapping[int, int], share: float) -> int:
    """The least value that so large a share of them does not pass: the nearest rank, no value is invented."""
    wanted, seen = share * sum(counted.values()), 0
    for value in sorted(counted):
        seen += counted[value]
        if seen >= wanted:
            return value
    raise ValueError("nothing is counted")


def _pace(procedure: Procedure, counted: Counter[int]) -> Pace:
    definition = procedure.definition
    return Pace(definition.title, definition.delay, counted.total(), rank(counted, 0.5), rank(counted, 0.9))


def _by_day(rows: object, column: str) -> Mapping[date, int]:
    days = rows.annotate(day=TruncDate(column)).order_by().values_list("day")  # type: ignore[attr-defined]
    return dict(days.annotate(count=Count("pk")))


def _of_week(days: Mapping[date, int], monday: date) -> int:
    return sum(days.get(monday + n * DAY, 0) for n in range(7))


def _sent_between(since: int, below: int | None, on: date) -> Q:
    """Sent since `since` days or more, and fewer than `below`."""
    sent = Q(filed_at__lt=_midnight(on - (since - 1) * DAY))
    return sent & Q(filed_at__gte=_midnight(on - (below - 1) * DAY)) if below else sent


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _worked_until(on: date, is_working: Callable[[date], bool]) -> Callable[[date], int]:
    """How many days were worked up to each: the calendar is asked once a day, not once a filing."""
    totals = _running(is_working(on - n * DAY) for n in range(LONGEST, -1, -1))

    def worked(day: date) -> int:
        return totals[min(max(LONGEST - (on - day).days, 0), LONGEST)]

    return worked


def _running(flags: Iterable[bool]) -> Sequence[int]:
    total, found = 0, []
    for flag in flags:
        total += flag
        found.append(total)
    return found
