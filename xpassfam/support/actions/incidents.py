"""Incidents are kept as best one can: after the log, never at the cost of the page that tells of them."""

from collections import deque
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from xpassfam.jobs.slices import delete_by_slices
from xpassfam.support.models import Incident
from xpassfam.ui import incidents

# Programs that look for holes make thousands of pages of errors; people some.
MOST_A_MINUTE = 30
MOST_WAITING = 200

_waiting: deque[tuple[incidents.Incident, datetime]] = deque(maxlen=MOST_WAITING)
_counted: tuple[int, int] = (0, 0)


def keep(incident: incidents.Incident) -> None:
    """Those of a database that is away wait in memory, for the next one that finds it back."""
    at = timezone.now()
    if incident.status >= 500 or _has_room(at):
        _waiting.append((incident, at))
    if not incident.database_away:
        write_waiting()


def write_waiting() -> None:
    while _waiting:
        incident, at = _waiting[0]
        with transaction.atomic():
            Incident.objects.get_or_create(code=incident.code, defaults=_columns(incident, at))
        _waiting.popleft()


def purge(*, before: datetime) -> int:
    return delete_by_slices(Incident.objects.filter(at__lt=before))


def _columns(incident: incidents.Incident, at: datetime) -> dict[str, object]:
    return {
        "at": at,
        "status": incident.status,
        "method": incident.method[:10],
        "route": incident.route[:200],
        "reason": incident.reason[:200],
        "error": incident.error[:200],
        "trace": "\n".join(_place(where) for where in incident.where),
    }


def _place(where: str) -> str:
    """« xpassfam/support/…:12 send »: where our code or a library stands, not where this machine keeps them."""
    for root in (str(settings.ROOT), str(Path(timezone.__file__).parents[2])):
        where = where.replace(root + "/", "")
    return where


def _has_room(at: datetime) -> bool:
    global _counted
    minute = int(at.timestamp() // 60)
    count = _counted[1] + 1 if _counted[0] == minute else 1
    _counted = (minute, count)
    return count <= MOST_A_MINUTE
