"""How long answers really take: « 8 demandes sur 10 en moins de 6 jours », measured once a day, never promised."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from xpassfam.filings.models import Filing, UsualDelay
from xpassfam.filings.states import DECIDED, Status

WINDOW = timedelta(days=60)
AT_LEAST = 10  # fewer say nothing of the next one


def usual_delay(filing: Filing) -> int | None:
    """In days; None where too few were decided to say. One query."""
    row = UsualDelay.objects.filter(procedure=filing.procedure_version.procedure_id).first()
    return row.days if row else None


def measure(*, at: datetime) -> None:
    """From the day a filing was sent to the day it was answered, the family's own time included: it waits then too."""
    waits: dict[int, list[int]] = {}
    answered = Filing.objects.filter(status__in=(*DECIDED, Status.REPLACED))
    decided = answered.filter(ended_at__gt=at - WINDOW, ended_at__lte=at)
    columns = ("procedure_version__procedure", "filed_at", "ended_at")
    for procedure, filed_at, ended_at in decided.values_list(*columns).iterator():
        days = (timezone.localdate(ended_at) - timezone.localdate(filed_at)).days
        waits.setdefault(procedure, []).append(days)
    known = {procedure: days for procedure, days in waits.items() if len(days) >= AT_LEAST}
    with transaction.atomic():
        UsualDelay.objects.exclude(procedure__in=known).delete()
        for procedure, waited in known.items():
            _write(procedure, waited, on=timezone.localdate(at))


def less_than(days: Sequence[int]) -> int:
    """In less than how many days eight in ten of them ended."""
    ordered = sorted(days)
    reached = -(-len(ordered) * 8 // 10)
    return ordered[reached - 1] + 1


def _write(procedure: int, days: Sequence[int], *, on: date) -> None:
    facts = {"days": less_than(days), "count": len(days), "measured_on": on}
    UsualDelay.objects.update_or_create(procedure_id=procedure, defaults=facts)
