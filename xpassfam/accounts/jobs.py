"""What accounts tidy up by themselves."""

from datetime import timedelta

from django.utils import timezone

from xpassfam.accounts import throttle
from xpassfam.accounts.models import PasswordReset, PendingSignUp, UnlockPass
from xpassfam.accounts.sessions import SessionStore
from xpassfam.jobs import job

KEPT = timedelta(days=30)


@job(every=timedelta(hours=1))
def tidy_up() -> None:
    """Drop ended sessions, quiet counters, and links nobody can use: past 30 days a mail is not looked for."""
    now = timezone.now()
    SessionStore.clear_expired()
    throttle.purge(at=now)
    for model in (PendingSignUp, PasswordReset, UnlockPass):
        model.objects.filter(created_at__lt=now - KEPT).delete()
