"""What the vault does by itself."""

from datetime import timedelta

from django.utils import timezone

from xpassfam.jobs import job
from xpassfam.vault import actions, scanning, watching

A_DAY = timedelta(days=1)
A_MOMENT = timedelta(minutes=1)


@job(every=A_DAY, lease=timedelta(hours=6))
def sweep() -> None:
    """A day: longer than any file takes from the storage to its row."""
    actions.sweep(before=timezone.now() - A_DAY)


@job(every=timedelta(minutes=5), lease=timedelta(hours=1))
def scan_what_waits() -> None:
    """The net under the jobs: once the scanner is back, nothing waits for the end of its own pause."""
    scanning.look_again(before=timezone.now() - A_MOMENT)


@job(every=A_MOMENT, lease=timedelta(minutes=5))
def look_around() -> None:
    watching.look_around(at=timezone.now())
