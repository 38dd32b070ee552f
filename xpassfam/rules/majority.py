"""Eighteen: the day it comes, and when it is announced."""

from datetime import date, timedelta
from enum import StrEnum

from xpassfam.rules.ages import MAJORITY

ANNOUNCED = timedelta(days=30)
REMINDED = timedelta(days=7)
STILL_SAID = timedelta(days=30)


class Step(StrEnum):
    MONTH = "month"
    WEEK = "week"
    DAY = "day"


def majority_on(born: date) -> date:
    """The day somebody comes of age; 1 March for who was born on 29 February, where there is none.

    Source: code civil, art. 414.
    """
    try:
        return born.replace(year=born.year + MAJORITY)
    except ValueError:
        return date(born.year + MAJORITY, 3, 1)


def step_on(day: date, *, born: date) -> Step | None:
    """What is to be said that day: a month before, a week before, on the day. None before and long after.

    Each step lasts until the next one, so that a portal that slept says it late rather than never.
    """
    left = majority_on(born) - day
    if left > ANNOUNCED or left <= -STILL_SAID:
        return None
    if left > REMINDED:
        return Step.MONTH
    return Step.WEEK if left > timedelta(0) else Step.DAY


def births_concerned(day: date) -> tuple[date, date]:
    """Between which birth dates somebody may have a step that day; wide by a day for leap years."""
    leap = timedelta(days=1)
    return _years_before(day - STILL_SAID) - leap, _years_before(day + ANNOUNCED) + leap


def _years_before(day: date) -> date:
    first = date(day.year - MAJORITY, day.month, 1)
    return first + timedelta(days=day.day - 1)
