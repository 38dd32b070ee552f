"""What accounts tidy up by themselves."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from xpassfam.accounts import throttle
from xpassfam.accounts.devices import COOKIE_AGE
from xpassfam.accounts.models import Device, KnownDevice, PasswordReset, PendingSignUp, UnlockPass
from xpassfam.accounts.sessions import SessionStore
from xpassfam.jobs import job

KEPT = timedelta(days=30)
SLICE = 1000


@job(every=timedelta(hours=1))
def tidy_up() -> None:
    """Drop ended sessions, quiet counters, links nobody can use (past 30 days a mail is not looked for), and
    devices whose cookie has died."""
    now = timezone.now()
    SessionStore.clear_expired()
    throttle.purge(at=now)
    for model in (PendingSignUp, PasswordReset, UnlockPass):
        _drop(model.objects.filter(created_at__lt=now - KEPT))
    dead = now - timedelta(seconds=COOKIE_AGE)
    _drop(KnownDevice.objects.filter(last_sign_in_at__lt=dead))
    _drop(Device.objects.filter(rotated_at__lt=dead, known=None))


def _drop(rows: QuerySet) -> None:
    """By slices, so that no statement holds the table for long."""
    while batch := list(rows.values_list("pk", flat=True)[:SLICE]):
        rows.model._default_manager.filter(pk__in=batch).delete()
