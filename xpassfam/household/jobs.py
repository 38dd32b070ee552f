"""What the household's rooms do by themselves."""

from datetime import timedelta

from django.utils import timezone

from xpassfam.household.actions import coming_of_age
from xpassfam.jobs import job


@job(every=timedelta(days=1))
def announce_majority() -> None:
    coming_of_age.announce(at=timezone.now())
