"""Whether the parts of the portal work, as families see them. A database that is away is an answer, not an error.

Each process remembers what it last saw: that, and how long ago, is told while the database does not answer.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import DatabaseError, InterfaceError

from xpassfam.help.models import Incident, Part
from xpassfam.jobs.models import Schedule
from xpassfam.organisation.reaching import is_reachable
from xpassfam.organisation.state import told
from xpassfam.outbox.models import Message

logger = logging.getLogger(__name__)

# The worker's clock strikes every minute or oftener: five late is no chance.
WORKER_LATE = timedelta(minutes=5)
MAIL_LATE = timedelta(minutes=15)


class Works(StrEnum):
    YES = "yes"
    LATE = "late"
    NO = "no"


@dataclass(frozen=True)
class Standing:
    """What was seen at `at`. `waits`: sentences of the rooms that know what is away."""

    at: datetime
    parts: Mapping[Part, Works]
    waits: tuple[str, ...] = ()
    incidents: tuple[Incident, ...] = ()
    is_away: bool = False

    @property
    def lasting(self) -> list[Incident]:
        return [one for one in self.incidents if one.ended_at is None]

    @property
    def ended(self) -> list[Incident]:
        return [one for one in self.incidents if one.ended_at is not None]

    @property
    def is_well(self) -> bool:
        return not self.is_away and not self.waits and not self.lasting and set(self.parts.values()) <= {Works.YES}


_last: Standing | None = None


def last() -> Standing | None:
    """What this process saw before, if it ever looked while the database answered."""
    return _last


def look(*, at: datetime) -> Standing:
    """Four queries, or none where the database's own machine does not answer within a second."""
    global _last
    if is_reachable():
        try:
            _last = _look(at=at)
        except (DatabaseError, InterfaceError):
            logger.warning("The database does not answer the page of state.", exc_info=True)
        else:
            return _last
    parts = {Part.SIGN_IN: Works.NO, Part.MAIL: Works.LATE, Part.WORK: Works.LATE, Part.FILES: Works.NO}
    return Standing(at, parts, incidents=_last.incidents if _last else (), is_away=True)


def forget() -> None:
    """As a process that has just started."""
    global _last
    _last = None


def _look(*, at: datetime) -> Standing:
    clock = Schedule.objects.order_by("next_at").values_list("next_at", flat=True).first()
    is_worker_late = clock is not None and clock < at - WORKER_LATE
    waiting = Message.objects.filter(state=Message.State.WAITING, next_at__lt=at - MAIL_LATE)
    # What was tried and is tried again later counts too: its first try is what the person waits for.
    waiting |= Message.objects.filter(state=Message.State.WAITING, tries__gt=1, created_at__lt=at - MAIL_LATE)
    is_mail_late = waiting.exists()
    waits = tuple(told())
    parts = {
        Part.SIGN_IN: Works.YES,
        Part.MAIL: Works.LATE if is_mail_late or is_worker_late else Works.YES,
        Part.WORK: Works.LATE if is_worker_late else Works.YES,
        Part.FILES: Works.LATE if waits else Works.YES,
    }
    incidents = tuple(Incident.objects.told(at=at)[:20])
    for incident in incidents:
        if incident.ended_at is None:
            parts |= dict.fromkeys(parts if incident.part == Part.ALL else [Part(incident.part)], Works.NO)
    return Standing(at, parts, waits, incidents)
