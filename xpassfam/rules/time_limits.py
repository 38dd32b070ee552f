"""Delays: from a day to a day, in months, working days or days, and clocks that wait for a family.

Which days are worked is given as a callable: it is the calendar of each organisation (`organisation.calendar`).
"""

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

DAY = timedelta(days=1)
IsWorking = Callable[[date], bool]


class Unit(StrEnum):
    MONTHS = "months"
    WORKING_DAYS = "working_days"
    DAYS = "days"


@dataclass(frozen=True)
class Delay:
    """At least one month, working day or day; « immediate » is no delay."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("a delay counts at least one")
        object.__setattr__(self, "unit", Unit(self.unit))


@dataclass(frozen=True)
class Pause:
    """A file that waits for what its family must bring: asked that day, to be brought by `until`.

    `ended_on` is the day the last of it arrived, None as long as some is missing. Only what is indispensable
    makes a pause: the rest does not stop the examination.

    Source: CRPA, art. L114-5, L114-5-1.
    """

    asked_on: date
    until: date
    ended_on: date | None = None


class Alert(IntEnum):
    """How near an end is: at most so many days. The last is also said of what is late."""

    SOON = 15
    NEAR = 5
    TODAY = 0


def due_on(delay: Delay, *, start: date, is_working: IsWorking) -> date:
    """The last day. `start` does not count.

    Months go date to date: 15 March and two months are 15 May; 31 December and two months are the last day of
    February. Working days count those that the calendar works.

    Source: CRPA, art. L231-1 (« deux mois »); code de procédure civile, art. 641 (a month that has no such day
    ends on its last).
    """
    if delay.unit is Unit.MONTHS:
        return add_months(start, delay.count)
    if delay.unit is Unit.DAYS:
        return start + delay.count * DAY
    return _working_days_after(start, delay.count, is_working)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_before(at: datetime, months: int) -> datetime:
    """The same hour so many months earlier, on the last day of a month that is shorter."""
    day = add_months(at.date(), -months)
    return at.replace(year=day.year, month=day.month, day=day.day)


def next_working_day(day: date, *, is_working: IsWorking) -> date:
    """That day, or the first one after it that is worked."""
    return day if is_working(day) else _working_days_after(day, 1, is_working)


def promised_on(delay: Delay, *, filed_on: date, pauses: Iterable[Pause] = (), is_working: IsWorking) -> date | None:
    """The day before whose end an answer is promised; None while the file waits for its family.

    The clock stops during each pause, and goes on when the pieces are there: what was left is left. A promise
    that ended before the pieces were asked for stays missed.
    """
    due = due_on(delay, start=filed_on, is_working=is_working)
    waited_until = filed_on
    for pause in sorted(pauses, key=lambda pause: pause.asked_on):
        if pause.asked_on > due:
            break
        if pause.ended_on is None:
            return None
        start, end = max(pause.asked_on, waited_until), pause.ended_on
        if end <= start:
            continue
        if delay.unit is Unit.WORKING_DAYS:
            waited = sum(is_working(start + n * DAY) for n in range(1, (end - start).days + 1))
            due = max(
                _working_days_after(due, waited, is_working),
                next_working_day(end, is_working=is_working),
            )
        else:
            due += end - start
        waited_until = end
    return due


def alert_on(day: date, *, due: date) -> Alert | None:
    """What to tell agents that day: 15, 5 or no days are left. A portal that slept says it late, not never."""
    left = (due - day).days
    return next((alert for alert in sorted(Alert) if left <= alert), None)


def _working_days_after(day: date, count: int, is_working: IsWorking) -> date:
    left = count
    while left:
        day += DAY
        left -= is_working(day)
    return day
