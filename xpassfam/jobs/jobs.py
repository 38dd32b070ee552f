from datetime import timedelta

from django.utils import timezone

from xpassfam.jobs import actions
from xpassfam.jobs.declaring import job


@job(every=timedelta(hours=1))
def purge() -> None:
    """What is done is kept a day, what was given up a month: long enough to ask why."""
    now = timezone.now()
    actions.purge(done_before=now - timedelta(days=1), given_up_before=now - timedelta(days=30))
