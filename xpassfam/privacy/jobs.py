"""What time does to personal data, each night; archives are made as they are asked for (`actions.exporting`)."""

from datetime import timedelta

from django.utils import timezone

from xpassfam.jobs import job
from xpassfam.privacy.actions import applying, closing, inactivity

EVERY_DAY = timedelta(days=1)


@job(every=EVERY_DAY, lease=timedelta(hours=6))
def apply_retention() -> None:
    applying.apply_all(at=timezone.now())


@job(every=EVERY_DAY, lease=timedelta(hours=2))
def mind_idle_accounts() -> None:
    inactivity.keep_time(at=timezone.now())


@job(every=timedelta(hours=1), lease=timedelta(hours=1))
def close_accounts() -> None:
    closing.close_due(at=timezone.now())
