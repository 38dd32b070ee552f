"""Devices worth looking at, and two weeks of people who did not get in."""

from datetime import datetime, timedelta

from django.utils import timezone

from xpassfam.accounts import tokens
from xpassfam.accounts.models import Account, Device, KnownDevice, SignInTrouble

# Device, first seen and last signed in, days ago.
DEVICES = (("Firefox, Windows", 265, 6), ("Safari, iPad", 170, 22), ("Chrome, Android", 1, 1))
WHOSE = "linh.nguyen@example.org"
Cause = SignInTrouble.Cause
# How many tries each day, the oldest first: a Sunday evening three times as bad as the others.
TRIES = (21, 18, 24, 19, 9, 6, 3, 23, 20, 22, 25, 17, 8, 58)
# Who is still outside, since when, by which cause.
OUTSIDE = (
    ("odile.lambert@example.org", Cause.WRONG, 2, 3),
    ("yann.legoff@example.org", Cause.CAPITALS, 4, 2),
    ("thomas.rousseau@example.org", Cause.BLOCKED, 1, 1),
)
KINDS = (Cause.WRONG, Cause.WRONG, Cause.WRONG, Cause.CAPITALS, Cause.PAUSED, Cause.NOT_ACTIVATED)
EACH = 4  # tries of one person


def load(*, at: datetime) -> None:
    """Written once."""
    account = Account.objects.filter(email=WHOSE).first()
    if account and not account.known_devices.exists():
        for label, first, last in DEVICES:
            _device(account, label, first_at=at - timedelta(days=first), last_at=at - timedelta(days=last), at=at)
    if not SignInTrouble.objects.exists():
        SignInTrouble.objects.bulk_create([*_strangers(at), *_outside(at)])


def _device(account: Account, label: str, *, first_at: datetime, last_at: datetime, at: datetime) -> None:
    device = Device.objects.create(digest=tokens.digest(tokens.new_token()), created_at=first_at, rotated_at=at)
    KnownDevice.objects.create(
        device=device, account=account, label=label, first_seen_at=first_at, last_sign_in_at=last_at
    )


def _strangers(at: datetime) -> list[SignInTrouble]:
    """Identifiers without account, some of them tried day after day."""
    rows = []
    for number, tries in enumerate(TRIES):
        when = at - timedelta(days=len(TRIES) - 1 - number)
        for one, left in enumerate(range(tries, 0, -EACH)):
            cause = KINDS[(number + one) % len(KINDS)]
            rows.append(_trouble(f"demo {number % 3} {one}", cause, min(left, EACH), when))
    return rows


def _outside(at: datetime) -> list[SignInTrouble]:
    accounts = Account.objects.in_bulk([email for email, *_rest in OUTSIDE], field_name="email")
    return [
        _trouble(accounts[email].public_id, cause, tries, at - timedelta(days=days), account=accounts[email])
        for email, cause, days, tries in OUTSIDE
        if email in accounts
    ]


def _trouble(
    who: str, cause: "SignInTrouble.Cause", tries: int, when: datetime, *, account: Account | None = None
) -> SignInTrouble:
    return SignInTrouble(
        who=tokens.keyed("trouble", who),
        account=account.public_id if account else "",
        cause=cause,
        day=timezone.localdate(when),
        tries=tries,
        first_at=when,
        last_at=when,
        device="Chrome, Android",
    )
