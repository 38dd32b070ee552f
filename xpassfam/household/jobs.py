"""What the household's rooms do by themselves."""

from datetime import timedelta

from django.utils import timezone

from xpassfam.household.actions import changing, coming_of_age
from xpassfam.jobs import job


@job(every=timedelta(days=1))
def announce_majority() -> None:
    coming_of_age.announce(at=timezone.now())


@job(every=timedelta(minutes=10))
def drop_changes_left_behind() -> None:
    """A register tells who left a home; what they had asked for it is hidden at once, and taken off here."""
    changing.drop_left_behind(at=timezone.now())
