"""What accounts tidy up by themselves."""

from datetime import timedelta

from django.utils import timezone

from xpassfam.accounts import dummies, throttle
from xpassfam.accounts.actions import known_addresses
from xpassfam.accounts.devices import COOKIE_AGE
from xpassfam.accounts.models import Device, PasskeyChallenge, PendingSignIn, PhoneChange
from xpassfam.accounts.sessions import SessionStore
from xpassfam.jobs import job
from xpassfam.jobs.slices import delete_by_slices


@job(every=timedelta(hours=1))
def tidy_up() -> None:
    """Drop ended sessions, quiet counters, browsers of nobody. What is a person's goes by `for_privacy.RULES`."""
    now = timezone.now()
    SessionStore.clear_expired()
    throttle.purge(at=now)
    for waiting in (PendingSignIn, PasskeyChallenge, PhoneChange):
        delete_by_slices(waiting.objects.filter(expires_at__lt=now - timedelta(days=1)))
    dead = now - timedelta(seconds=COOKIE_AGE)
    delete_by_slices(Device.objects.filter(rotated_at__lt=dead, known=None))


@job(every=timedelta(hours=1))
def count_password_costs() -> None:
    """What unknown identifiers must cost, while a change of `ARGON2_COST` reaches the accounts one by one."""
    dummies.count_costs()


@job(every=timedelta(days=1), lease=timedelta(hours=1))
def note_addresses() -> None:
    """Since when each letter would go where it goes now: see `known_addresses`."""
    known_addresses.note(at=timezone.now())
