"""What payments do by themselves, at night."""

from datetime import timedelta

from xpassfam.jobs import job
from xpassfam.payments.actions.locking import lock_anew


@job(every=timedelta(days=1))
def lock_under_the_present_key() -> None:
    """A former key may be forgotten a month after it was replaced: see the settings' page."""
    lock_anew()
