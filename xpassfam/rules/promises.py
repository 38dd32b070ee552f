"""A promise in hours that run only on working days: when an answer is due, and how long one took.

« 48 heures » are two working days, not 48 opening hours (six days) nor two days of a long week-end. What arrives
outside the opening hours is read at the next opening: the hours run from there.

Hours are those of the clock on the wall: a working day counts 24 of them, also where the clocks change that day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

DAY = timedelta(days=1)
# A calendar that works no day has no end: two months without one are a mistake, told rather than walked through.
LONGEST_CLOSING = 400


class NoWorkingDay(Exception):
    """The calendar works no day within a year."""


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked, and from when until when somebody reads what arrives."""

    is_working: Callable[[date], bool]
    opens_at: time
    closes_at: time
    zone: tzinfo

    def __post_init__(self) -> None:
        if self.opens_at >= self.closes_at:
            raise ValueError("it opens before it closes")


def starts_at(received: datetime, calendar: WorkingCalendar) -> datetime:
    """When the hours begin to run: at once while it is open, else at the next opening."""
    return _aware(_start(_on_the_wall(received, calendar), calendar), calendar)


def due_at(received: datetime, hours: int | float, calendar: WorkingCalendar) -> datetime:
    """The instant before which an answer is promised; never before `received`. Raise NoWorkingDay."""
    start = _start(_on_the_wall(received, calendar), calendar)
    return _aware(_after(start, timedelta(hours=hours), calendar), calendar)


def elapsed(received: datetime, answered: datetime, calendar: WorkingCalendar) -> timedelta:
    """Time to answer, as the promise counts it: nothing where it was answered before the hours began to run."""
    start = _start(_on_the_wall(received, calendar), calendar)
    end = _on_the_wall(answered, calendar)
    total = timedelta()
    day = start
    while day < end:
        midnight = _midnight_after(day)
        if calendar.is_working(day.date()):
            total += min(midnight, end) - day
        day = midnight
    return total


def _on_the_wall(at: datetime, calendar: WorkingCalendar) -> datetime:
    return at.astimezone(calendar.zone).replace(tzinfo=None)


def _aware(wall: datetime, calendar: WorkingCalendar) -> datetime:
    """An hour that the clocks skip is the one after; of an hour that comes twice, the first."""
    return wall.replace(tzinfo=calendar.zone).astimezone(calendar.zone)


def _start(wall: datetime, calendar: WorkingCalendar) -> datetime:
    if calendar.is_working(wall.date()) and wall.time() < calendar.closes_at:
        return max(wall, datetime.combine(wall.date(), calendar.opens_at))
    return datetime.combine(_next_working(wall.date() + DAY, calendar), calendar.opens_at)


def _after(start: datetime, left: timedelta, calendar: WorkingCalendar) -> datetime:
    """What ends at midnight ends as the next working day begins: nobody is promised a Saturday."""
    while True:
        today = _midnight_after(start) - start
        if left < today:
            return start + left
        left -= today
        start = datetime.combine(_next_working(start.date() + DAY, calendar), time.min)


def _midnight_after(wall: datetime) -> datetime:
    return datetime.combine(wall.date() + DAY, time.min)


def _next_working(day: date, calendar: WorkingCalendar) -> date:
    for _ in range(LONGEST_CLOSING):
        if calendar.is_working(day):
            return day
        day += DAY
    raise NoWorkingDay
