"""The first and the last day that a date may be: of the calendar, or so long before or after one that is known."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from xpassfam.rules.criteria.atoms import TODAY
from xpassfam.rules.time_limits import add_months

BIRTH = "me.birth_date"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FROM = re.compile(rf"(?P<of>{re.escape(BIRTH)}|[a-z][a-z0-9_]{{0,39}})(?:(?P<more>[+-][0-9]{{1,3}})(?P<unit>[dmy]))?")


@dataclass(frozen=True)
class Bound:
    """`of`: `today`, the birth of who files, the key of a question, or nothing for a `day` of the calendar."""

    of: str = ""
    days: int = 0
    months: int = 0
    day: date | None = None

    @property
    def question(self) -> str:
        return "" if self.of in ("", TODAY, BIRTH) else self.of

    def on(self, today: date, known: Mapping[str, Any]) -> date | None:
        """The day that it is; None while what it hangs on is not known. `known`: ISO dates, by key."""
        start = self.day or (today if self.of == TODAY else _day(known.get(self.of)))
        return add_months(start, self.months) + timedelta(days=self.days) if start else None


def read(text: Any) -> Bound | None:
    """None for what is none."""
    if not isinstance(text, str):
        return None
    if _DAY.fullmatch(text):
        day = _day(text)
        return Bound(day=day) if day else None
    found = _FROM.fullmatch(text)
    if found is None:
        return None
    more, unit = int(found["more"] or 0), found["unit"]
    return Bound(
        found["of"], days=more if unit == "d" else 0, months=more * {"m": 1, "y": 12}[unit] if unit in ("m", "y") else 0
    )


def listed(bounds: Any) -> tuple[Any, ...]:
    """One, several or none, as several."""
    return () if bounds is None else bounds if isinstance(bounds, tuple) else (bounds,)


def days(bounds: Any, today: date, known: Mapping[str, Any]) -> list[date]:
    """Those that are known."""
    read_ones = [read(one) for one in listed(bounds)]
    return [day for one in read_ones if one and (day := one.on(today, known))]


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
