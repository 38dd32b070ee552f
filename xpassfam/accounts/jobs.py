"""What accounts tidy up by themselves."""

from datetime import timedelta

from django.utils import timezone

from xpassfam.accounts import dummies, throttle
from xpassfam.accounts.devices import COOKIE_AGE
from xpassfam.accounts.models import Device, KnownDevice, PasswordReset, PendingSignUp, UnlockPass
from xpassfam.accounts.sessions import SessionStore
from xpassfam.jobs import job
from xpassfam.jobs.slices import delete_by_slices

KEPT = timedelta(days=30)


@job(every=timedelta(hours=1))
def tidy_up() -> None:
    """Drop ended sessions, quiet counters, links past use (nobody looks for a mail after 30 days), dead devices."""
    now = timezone.now()
    SessionStore.clear_expired()
    throttle.purge(at=now)
    for model in (PendingSignUp, PasswordReset, UnlockPass):
        delete_by_slices(model.objects.filter(created_at__lt=now - KEPT))
    dead = now - timedelta(seconds=COOKIE_AGE)
    delete_by_slices(KnownDevice.objects.filter(last_sign_in_at__lt=dead))
    delete_by_slices(Device.objects.filter(rotated_at__lt=dead, known=None))


@job(every=timedelta(hours=1))
def count_password_costs() -> None:
    """What unknown identifiers must cost, while a change of `ARGON2_COST` reaches the accounts one by one."""
    dummies.count_costs()
