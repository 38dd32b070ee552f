"""What the worker does about filings by itself."""

from datetime import timedelta

from django.utils import timezone

from xpassfam.documents.actions import reminding
from xpassfam.filings import delays, given_once, promise
from xpassfam.filings.actions import agreeing, clock, destroying, monthly, unchecked
from xpassfam.jobs import job

EVERY = timedelta(hours=1)
EVERY_MINUTE = timedelta(minutes=1)
EVERY_DAY = timedelta(days=1)


@job(every=EVERY)
def keep_time() -> None:
    """Each part takes its first rows; what is left waits for the next hour."""
    now = timezone.now()
    for tick in (
        clock.run_due_effects,
        clock.remind,
        agreeing.remind,
        agreeing.tell_of_ends,
        clock.expire,
        clock.note_silence,
        clock.warn_of_drafts,
        unchecked.erase_of_ended,
    ):
        tick(at=now)


@job(every=EVERY_DAY, lease=timedelta(hours=1))
def order_monthly_aids() -> None:
    monthly.order_due(at=timezone.now())


@job(every=EVERY_DAY)
def measure_delays() -> None:
    delays.measure(at=timezone.now())


@job(every=EVERY_DAY)
def measure_what_is_asked_again() -> None:
    promise.measure(at=timezone.now())


@job(every=EVERY_DAY, lease=timedelta(hours=1))
def remind_of_documents() -> None:
    """Of those that end soon, and that some request will want again: a reminder of anything else would be noise."""
    reminding.remind(kinds=given_once.kinds_asked(), at=timezone.now())


@job(every=EVERY_MINUTE, lease=timedelta(minutes=10))
def tell_of_destroyed() -> None:
    """What the virus scanner destroyed and `documents` refused since."""
    destroying.tell(at=timezone.now())
