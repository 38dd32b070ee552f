"""What the worker does about filings by itself."""

from datetime import timedelta

from django.utils import timezone

from xpassfam.filings import delays
from xpassfam.filings.actions import clock
from xpassfam.jobs import job

EVERY = timedelta(hours=1)
EVERY_DAY = timedelta(days=1)


@job(every=EVERY)
def keep_time() -> None:
    """Each part takes its first rows; what is left waits for the next hour."""
    now = timezone.now()
    for tick in (
        clock.run_due_effects,
        clock.remind,
        clock.expire,
        clock.note_silence,
        clock.warn_of_drafts,
        clock.drop_old_drafts,
    ):
        tick(at=now)


@job(every=EVERY_DAY)
def measure_delays() -> None:
    delays.measure(at=timezone.now())
