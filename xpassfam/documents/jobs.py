"""What the room does by itself."""

from datetime import timedelta

from django.utils import timezone

from xpassfam.documents.actions import judging
from xpassfam.jobs import job


@job(every=timedelta(minutes=1), lease=timedelta(minutes=10))
def refuse_destroyed() -> None:
    judging.refuse_destroyed(at=timezone.now())
