"""The organisation's promise of an answer: on its own calendar, and how it was kept, as the room that keeps it says.

Rooms below that room show the figure too: it is declared at start, and asked for here.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import InterfaceError, OperationalError
from django.utils import timezone

from xpassfam.organisation.calendar import is_working
from xpassfam.organisation.models import Organisation, current
from xpassfam.organisation.reaching import is_reachable
from xpassfam.rules import promises
from xpassfam.rules.promises import WorkingCalendar

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Figure:
    """Of the answers that fell due in so many days, how many came in time."""

    days: int
    due: int
    kept: int

    @property
    def percent(self) -> int:
        """Whole, and never rounded up to 100: one answer that came late is told."""
        return 100 * self.kept // self.due


_measures: list[Callable[[datetime], Figure | None]] = []
_kept: tuple[int, Figure | None] | None = None


def declare_measure(measure: Callable[[datetime], Figure | None]) -> None:
    """At start, by the room that knows."""
    _measures.append(measure)


def figure(*, at: datetime) -> Figure | None:
    """None where nobody measures, or there is too little to tell. Asked once a minute of the database.

    Without a database, what was known before: help is read in trouble.
    """
    global _kept
    minute = int(at.timestamp() // 60)
    if _kept is None or _kept[0] != minute:
        known = _kept[1] if _kept else None
        try:
            found = _measured(at) if is_reachable() else known
        except (OperationalError, InterfaceError):
            logger.warning("How the promise was kept can't be read.", exc_info=True)
            found = known
        _kept = (minute, found)
    return _kept[1]


def forget() -> None:
    """As a process that has just started."""
    global _kept
    _kept = None


def _measured(at: datetime) -> Figure | None:
    return next((found for measure in _measures if (found := measure(at))), None)


def hours() -> int:
    return current().promise_hours


def calendar(organisation: Organisation | None = None) -> WorkingCalendar:
    """In the portal's time zone, whatever the one of the visitor."""
    shown = organisation or current()
    return WorkingCalendar(is_working, shown.support_opens_at, shown.support_closes_at, timezone.get_default_timezone())


def due_at(received: datetime, *, share: float = 1) -> datetime:
    """When an answer is due; `share`: when that part of the time is over."""
    return promises.due_at(received, hours() * share, calendar())
