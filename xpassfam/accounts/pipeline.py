"""The one way into an account, for families and staff alike: nothing else calls `login()`.

Known or unknown, right or wrong, the same lookups are made, the same tries counted and one password is
verified: what differs is only told to somebody who gave the right password.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.contrib.auth import login
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.http import HttpRequest

from xpassfam.accounts import devices, history, throttle, tokens
from xpassfam.accounts.actions import unlocking
from xpassfam.accounts.devices import Visitor
from xpassfam.accounts.hashing import dummy_hash
from xpassfam.accounts.models import Account, Device, KnownDevice, PendingSignUp, UnlockPass
from xpassfam.accounts.telling import mail, record
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import current
from xpassfam.rules.identifiers import Identifier, identify

log = structlog.get_logger(__name__)
BACKEND = "xpassfam.accounts.backend.AccountBackend"


@dataclass(frozen=True)
class Wrong:
    """Identifier and password don't go together. `remaining` tries before a pause."""

    remaining: int


@dataclass(frozen=True)
class Paused:
    """No try is looked at before `until`."""

    until: datetime


@dataclass(frozen=True)
class NotActivated:
    """The password is that of a sign-up which still waits for its e-mail."""

    pending: PendingSignUp


@dataclass(frozen=True)
class Blocked:
    """The organisation closed this access for now."""


@dataclass(frozen=True)
class UnderMaintenance:
    """Families can't enter until `until`."""

    until: datetime | None


@dataclass(frozen=True)
class SignedIn:
    """`device_cookie` is the browser's new device cookie."""

    account: Account
    device_cookie: str


Outcome = Wrong | Paused | NotActivated | Blocked | UnderMaintenance | SignedIn


@dataclass(frozen=True)
class Candidates:
    """What an identifier and a device cookie lead to; every lookup is always made."""

    account: Account | None
    device: Device | None
    is_known_device: bool
    unlock: UnlockPass | None
    pendings: list[PendingSignUp]


def password_tag(pending_id: str, password: str) -> int:
    """Eight bits that say whether a password may be that of a pending sign-up, however `_verify` takes it."""
    meant = unicodedata.normalize("NFC", password).strip()
    return int(tokens.keyed("tag", f"{pending_id}:{meant}")[:2], 16)


def sign_in(
    request: HttpRequest, *, identifier: str, password: str, remember: bool, who: Visitor, at: datetime
) -> Outcome:
    """Try to sign in; on success the request carries the session of the account."""
    meant = identify(identifier)
    found = _look_up(meant, who, at)
    reserved = _reserve(meant, found, who, at)
    told, is_silenced = reserved[:2], any(not r.allowed for r in reserved[2:])
    if not all(r.allowed for r in told):
        log.info("sign_in.paused", address=who.address)
        return Paused(until=max(r.free_at for r in told if not r.allowed))

    # The account first: who signs up again with the password of their own account is at home. Then the
    # sign-up, account or not: what it answers must not tell that there is one.
    is_right = _verify(password, _hash_of(found.account)) and found.account is not None
    if is_right and not is_silenced:
        _refund(reserved, at)
        return _admit(request, found, remember=remember, who=who, at=at)
    pending = next((p for p in found.pendings if p.password_tag == password_tag(p.public_id, password)), None)
    if pending and _verify(password, pending.password):
        _refund(reserved, at)
        return NotActivated(pending)
    log.info("sign_in.wrong", address=who.address)
    until = max(r.free_at for r in told)
    return Paused(until) if until > at else Wrong(remaining=min(r.remaining for r in told))


def _look_up(meant: Identifier, who: Visitor, at: datetime) -> Candidates:
    by_number = meant.kind == "member_number"
    account = Account.objects.meant_by(meant).first()
    waiting = PendingSignUp.objects.filter(used_at=None, superseded_at=None, created_at__gt=at - timedelta(days=30))
    pendings = waiting.filter(**{"member_number" if by_number else "email": meant.value}).order_by("-created_at")[:5]
    device = devices.find(who, at=at)
    account_id, device_id = (account.pk if account else 0), (device.pk if device else 0)
    known = KnownDevice.objects.filter(device_id=device_id, account_id=account_id).exists()
    unlock = UnlockPass.objects.filter(
        account_id=account_id, device_digest=who.digest or "-", used_at=None, superseded_at=None, expires_at__gt=at
    ).first()
    return Candidates(account, device, known or unlock is not None, unlock, list(pendings))


def _reserve(meant: Identifier, found: Candidates, who: Visitor, at: datetime) -> list[throttle.Reservation]:
    """Count the try: by address, by identifier (or by the owner's own device), by account.

    The last one is silent: to whoever guesses from elsewhere, under the e-mail and the number in turn, it
    looks like a wrong password; the owner is told by mail.
    """
    account = found.account.public_id if found.account else f"{meant.kind}:{meant.value}"
    if found.is_known_device and found.account:
        key = found.unlock.digest if found.unlock else str(found.device.pk if found.device else 0)
        own = throttle.reserve(throttle.DEVICE, f"{key}|{account}", at=at)
        return [throttle.reserve(throttle.ADDRESS, f"{who.address}|{account}", at=at), own]
    by_address = throttle.reserve(throttle.ADDRESS, who.address, at=at)
    if not by_address.allowed:
        return [by_address]
    by_identifier = throttle.reserve(throttle.IDENTIFIER, f"{meant.kind}:{meant.value}", at=at)
    if not by_identifier.allowed:
        return [by_address, by_identifier]
    by_account = throttle.reserve(throttle.ACCOUNT, account, at=at)
    if by_account.allowed and by_account.fails == throttle.ACCOUNT.free:
        unlocking.warn.enqueue(found.account.pk if found.account else 0)
    return [by_address, by_identifier, by_account]


def _refund(reserved: list[throttle.Reservation], at: datetime) -> None:
    """A refused try was not counted: giving it back would let the holder of a waiting sign-up wash a limit."""
    for reservation in reserved:
        if reservation.allowed:
            throttle.refund(reservation, at=at)


def _hash_of(account: Account | None) -> str:
    if account is None or not account.has_usable_password():
        return dummy_hash()
    return account.password


def _verify(password: str, encoded: str) -> bool:
    """Verify as typed; where spaces stand around it, also without them, whoever asks.

    People copy passwords with a space; the text as received is tried first (ASVS 6.2.8, argued in
    docs/decisions).
    """
    if check_password(password, encoded):
        return True
    trimmed = password.strip()
    return trimmed != password and bool(trimmed) and check_password(trimmed, encoded)


def _admit(request: HttpRequest, found: Candidates, *, remember: bool, who: Visitor, at: datetime) -> Outcome:
    """The password is right: tell the account's state, or open its session."""
    account = found.account
    assert account is not None  # noqa: S101
    if account.blocked_at:
        record(account, history.SIGN_IN_REFUSED, by=Actor(kind="visitor"), at=at, device=who.label)
        return Blocked()
    organisation = current()
    if not account.is_staff and organisation.is_in_maintenance(at):
        return UnderMaintenance(organisation.maintenance_until)
    # A second step (by account, role or new device) will stand here: no session is open yet.
    return open_session(request, account, method="password", remember=remember, who=who, at=at, unlock=found.unlock)


def open_session(
    request: HttpRequest,
    account: Account,
    *,
    method: str,
    remember: bool,
    who: Visitor,
    at: datetime,
    unlock: UnlockPass | None = None,
) -> SignedIn:
    """Give the request the account's session, note the device, tell the owner of a new one."""
    organisation = current()
    remember = remember and not account.is_staff
    if account.is_staff:
        idle = timedelta(minutes=organisation.staff_idle_minutes)
        end = at + timedelta(hours=organisation.staff_absolute_hours)
    elif remember:
        idle = timedelta(days=organisation.remember_days)
        end = at + idle
    else:
        idle = timedelta(minutes=organisation.idle_minutes)
        end = at + timedelta(hours=organisation.absolute_hours)
    with transaction.atomic():
        last = KnownDevice.objects.filter(account=account).order_by("-last_sign_in_at").first()
        cookie, known, is_new = devices.remember(devices.find(who, at=at), account, label=who.label, at=at)
        login(request, account, backend=BACKEND)
        request.session.update(
            {
                "device_id": known.device_id,
                "method": method,
                "idle_seconds": int(idle.total_seconds()),
                "absolute_end": end.isoformat(),
                "signed_in_at": at.isoformat(),
            }
        )
        if last:
            request.session["previous_sign_in"] = {"at": last.last_sign_in_at.isoformat(), "label": last.label}
        request.session.set_expiry(int((end - at).total_seconds()) if remember else 0)
        if unlock:
            UnlockPass.objects.filter(pk=unlock.pk).update(used_at=at)
        if is_new and last:
            mail(account, "accounts/mail/new_device", at=at, device=who.label, signed_in_at=at.isoformat())
        kind = history.SIGNED_IN_ANEW if is_new and last else history.SIGNED_IN
        record(account, kind, at=at, device=who.label)
    return SignedIn(account, cookie)
