"""What the vault does by itself, at night."""

from datetime import timedelta

from django.utils import timezone

from xpassfam.jobs import job
from xpassfam.vault import actions

A_DAY = timedelta(days=1)


@job(every=A_DAY, lease=timedelta(hours=6))
def sweep() -> None:
    """A day: longer than any file takes from the storage to its row."""
    actions.sweep(before=timezone.now() - A_DAY)
