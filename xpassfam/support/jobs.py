"""What the assistance does by itself."""

from datetime import timedelta

from django.utils import timezone

from xpassfam.jobs import job
from xpassfam.support.actions import escalating


@job(every=timedelta(minutes=5))
def watch_the_promise() -> None:
    escalating.escalate(at=timezone.now())


@job(every=timedelta(days=1), lease=timedelta(hours=1))
def tidy_up() -> None:
    """What time deletes goes by `for_privacy.RULES`."""
    escalating.close_stale(at=timezone.now())
