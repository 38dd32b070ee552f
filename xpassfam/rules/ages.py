"""Ages and majority, on a given day."""

from datetime import date, timedelta

MAJORITY = 18


def age_on(day: date, *, born: date) -> int:
    """Whole years. Who was born on 29 February is a year older on 1 March of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_adult_on(day: date, *, born: date | None) -> bool:
    """Majority is at 18; somebody whose birth date is unknown is not taken for an adult.

    Source: code civil, art. 414.
    """
    return born is not None and age_on(day, born=born) >= MAJORITY


def last_birth_of_adults(day: date) -> date:
    """The last birth date that makes an adult on that day: to ask a whole register at once."""
    born = date(day.year - MAJORITY + 1, 1, 1)
    while not is_adult_on(day, born=born):
        born -= timedelta(days=1)
    return born


def months_on(day: date, *, born: date) -> int:
    """Whole months."""
    return (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
