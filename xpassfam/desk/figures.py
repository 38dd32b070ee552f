"""How the work goes: what comes and is decided, in how long, what is refused and why, what waits.

A fixed number of queries, each of which groups in the database.
"""

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from xpassfam.filings.clocks import pause_of
from xpassfam.filings.models import Completion, Decision, Filing
from xpassfam.procedures.models import Procedure, Version
from xpassfam.rules.time_limits import DAY, Delay, IsWorking, Pause, promised_on

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
    """In working days: half are answered within `median`, nine in ten within `ninth`. `judged`: how many had a promise;
    `kept`: how many of those were answered in time.
    """

    title: str
    promise: Delay | None
    count: int
    median: int
    ninth: int
    judged: int
    kept: int


@dataclass(frozen=True)
class _Answer:
    """As many as were begun and decided on the same days, with the same promise. Taken up again after a contest, it
    began that day: see `filings.clocks`.
    """

    procedure: int
    promise: Delay | None
    started_on: date
    decided_on: date
    count: int = 1
    pauses: Sequence[Pause] = ()


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


def paces(*, on: date, is_working: IsWorking) -> list[Pace]:
    """By procedure, the slowest first, of what was decided in those weeks: in our own time, without what waited for
    the family, against what was promised that day, in its own unit. Four queries.
    """
    is_working = functools.cache(is_working)
    worked = _worked_until(on, is_working)
    taken: dict[int, Counter[int]] = {}
    judged, kept = Counter[int](), Counter[int]()
    for answer in (*_answered_at_once(on), *_answered_with_pauses(on)):
        ours = worked(answer.decided_on) - worked(answer.started_on)
        days = max(ours - sum(_waited(pause, answer, worked) for pause in answer.pauses), 0)
        taken.setdefault(answer.procedure, Counter())[days] += answer.count
        if answer.promise:
            judged[answer.procedure] += answer.count
            kept[answer.procedure] += answer.count * _is_in_time(answer, answer.promise, is_working)
    known = Procedure.objects.filter(pk__in=taken).select_related("current")
    rows = [_pace(one, taken[one.pk], judged=judged[one.pk], kept=kept[one.pk]) for one in known]
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


def _pace(procedure: Procedure, counted: Counter[int], *, judged: int, kept: int) -> Pace:
    definition = procedure.definition
    median, ninth = rank(counted, 0.5), rank(counted, 0.9)
    return Pace(definition.title, definition.delay, counted.total(), median, ninth, judged, kept)


def _decided(on: date, *, is_plain: bool) -> "QuerySet[Decision]":
    """What stands, of those weeks. Plain: no clock stopped or began again."""
    paused = Completion.objects.filter(filing=OuterRef("filing"), stops_clock=True)
    taken_back = Decision.objects.filter(filing=OuterRef("filing"), superseded_at__isnull=False)
    decided = Decision.objects.filter(decided_at__gte=_midnight(first_day(on)), superseded_at=None).order_by()
    is_other = Exists(paused) | Exists(taken_back)
    return decided.filter(~is_other if is_plain else is_other)


def _answered_at_once(on: date) -> Iterator[_Answer]:
    plain = _decided(on, is_plain=True)
    days = plain.annotate(filed_on=TruncDate("filing__filed_at"), decided_on=TruncDate("decided_at"))
    columns = ("filing__procedure_version__procedure", "filing__delay", "filed_on", "decided_on")
    for procedure, delay, filed_on, decided_on, count in days.values_list(*columns).annotate(count=Count("pk")):
        yield _Answer(procedure, _promise(delay), filed_on, decided_on, count)


def _answered_with_pauses(on: date) -> Iterator[_Answer]:
    """One by one: each has days of its own."""
    others = _decided(on, is_plain=False)
    pauses: dict[int, list[Pause]] = {}
    asked = Completion.objects.filter(stops_clock=True, filing__in=others.values("filing"))
    for one in asked.only("filing", "asked_at", "until", "answered_at", "closed_at"):
        pauses.setdefault(one.filing_id, []).append(pause_of(one))
    began = Coalesce(Max("filing__decisions__superseded_at"), "filing__filed_at")
    days = others.annotate(decided_on=TruncDate("decided_at"))
    columns = ("filing", "filing__procedure_version__procedure", "filing__delay", "decided_on")
    for filing, procedure, delay, decided_on, began_at in days.values_list(*columns).annotate(began_at=began):
        started_on = timezone.localdate(began_at)
        since = [pause for pause in pauses.get(filing, ()) if pause.asked_on >= started_on]
        yield _Answer(procedure, _promise(delay), started_on, decided_on, pauses=since)


def _promise(delay: Mapping[str, Any] | None) -> Delay | None:
    return Delay(delay["count"], delay["unit"]) if delay else None


def _waited(pause: Pause, answer: _Answer, worked: Callable[[date], int]) -> int:
    """Working days that the family had."""
    ended_on = min(pause.ended_on or answer.decided_on, answer.decided_on)
    return max(worked(ended_on) - worked(pause.asked_on), 0)


def _is_in_time(answer: _Answer, promise: Delay, is_working: IsWorking) -> bool:
    due = promised_on(promise, filed_on=answer.started_on, pauses=answer.pauses, is_working=is_working)
    return due is None or answer.decided_on <= due  # None: decided while its clock stood still


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


def _worked_until(on: date, is_working: IsWorking) -> Callable[[date], int]:
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
