"""What the room does by itself, at night."""

from datetime import timedelta

from django.utils import timezone

from xpassfam.documents.actions import uploading
from xpassfam.jobs import job

A_MONTH = timedelta(days=30)


@job(every=timedelta(days=1), lease=timedelta(hours=1))
def sweep_uploads() -> None:
    """Files that were sent and served nothing for a month."""
    uploading.sweep(before=timezone.now() - A_MONTH)
