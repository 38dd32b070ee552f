"""Ages and majority, on a given day."""

import calendar
from datetime import date

MAJORITY = 18


def age_on(day: date, *, born: date) -> int:
    """Whole years. Who was born on 29 February is a year older on 1 March of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_adult_on(day: date, *, born: date | None) -> bool:
    """Majority is at 18; somebody whose birth date is unknown is not taken for an adult.

    Source: code civil, art. 414.
    """
    return born is not None and age_on(day, born=born) >= MAJORITY


def months_on(day: date, *, born: date) -> int:
    """Whole months."""
    return (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)


def last_birth_of_adults(day: date) -> date:
    """Who was born that day or before is of age on `day`: `is_adult_on` for a query."""
    year = day.year - MAJORITY
    # 29 February has no namesake in a common year: who was born on 1 March is not of age yet.
    return (
        date(year, 2, 28) if (day.month, day.day) == (2, 29) and not calendar.isleap(year) else day.replace(year=year)
    )
