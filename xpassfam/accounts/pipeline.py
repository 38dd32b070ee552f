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

from xpassfam.accounts import devices, dummies, history, tokens
from xpassfam.accounts.actions import passwords
from xpassfam.accounts.devices import Visitor
from xpassfam.accounts.models import Account, Device, KnownDevice, PendingSignUp, UnlockPass
from xpassfam.accounts.telling import mail, record
from xpassfam.accounts.tries import KnownBy, reserve
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import current
from xpassfam.rules.identifiers import Identifier, identify

log = structlog.get_logger(__name__)
BACKEND = "xpassfam.accounts.backend.AccountBackend"


@dataclass(frozen=True)
class Wrong:
    """Identifier and password don't go together. `remaining` tries before a pause as long as `pause`."""

    remaining: int
    pause: timedelta


@dataclass(frozen=True)
class Paused:
    """No try is looked at before `until`; `for_all`: on any device the account was not used on."""

    until: datetime
    for_all: bool = False


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
    known: KnownDevice | None
    unlock: UnlockPass | None
    pendings: list[PendingSignUp]

    @property
    def known_by(self) -> KnownBy | None:
        return KnownBy(self.device, self.unlock) if self.account and (self.known or self.unlock) else None


def password_tag(pending_id: str, password: str) -> int:
    """Eight bits that say whether a password may be that of a pending sign-up, however `_right_text` takes it."""
    meant = unicodedata.normalize("NFC", password).strip()
    return int(tokens.keyed("tag", f"{pending_id}:{meant}")[:2], 16)


def sign_in(
    request: HttpRequest, *, identifier: str, password: str, remember: bool, who: Visitor, at: datetime
) -> Outcome:
    """Try to sign in; on success the request carries the session of the account."""
    meant = identify(identifier)
    found = _look_up(meant, who, at)
    tries = reserve(meant, found.account, found.known_by, who, at)
    if not tries.may_be_judged:
        log.info("sign_in.paused", address=who.address, for_all=tries.waits_for_all)
        return Paused(tries.free_at, for_all=tries.waits_for_all)

    # The account first: who signs up again with the password of their own account is at home. Then the
    # sign-up, account or not: what it answers must not tell that there is one.
    right = _right_text(password, _hash_of(found.account, meant))
    if found.account and right is not None and not tries.is_silenced:
        tries.give_back()
        return _admit(request, found, found.account, right, remember=remember, who=who, at=at)
    pending = next((p for p in found.pendings if p.password_tag == password_tag(p.public_id, password)), None)
    if pending and _right_text(password, pending.password) is not None:
        tries.give_back()
        return NotActivated(pending)
    log.info("sign_in.wrong", address=who.address)
    return Paused(tries.free_at) if tries.free_at > at else Wrong(tries.nearest.remaining, tries.nearest.next_pause)


def _look_up(meant: Identifier, who: Visitor, at: datetime) -> Candidates:
    by_number = meant.kind == "member_number"
    account = Account.objects.meant_by(meant).first()
    # Those replaced by a newer one too: which are tells what the proof was worth.
    waiting = PendingSignUp.objects.filter(used_at=None, created_at__gt=at - timedelta(days=30))
    pendings = waiting.filter(**{"member_number" if by_number else "email": meant.value}).order_by("-created_at")[:5]
    device = devices.find(who, at=at)
    account_id, device_id = (account.pk if account else 0), (device.pk if device else 0)
    known = KnownDevice.objects.filter(device_id=device_id, account_id=account_id).first()
    unlock = UnlockPass.objects.filter(
        account_id=account_id, device_digest=who.digest or "-", used_at=None, superseded_at=None, expires_at__gt=at
    ).first()
    return Candidates(account, device, known, unlock, list(pendings))


def _hash_of(account: Account | None, meant: Identifier) -> str:
    dummy = dummies.dummy_for(f"{meant.kind}:{meant.value}")
    return account.password if account and account.has_usable_password() else dummy


def _right_text(password: str, encoded: str) -> str | None:
    """The password, if it is the right one as typed; where spaces stand around it, also without them, whoever asks.

    People copy passwords with a space; the text as received is tried first (ASVS 6.2.8, argued in
    docs/decisions).
    """
    if check_password(password, encoded):
        return password
    trimmed = password.strip()
    return trimmed if trimmed != password and trimmed and check_password(trimmed, encoded) else None


def _admit(
    request: HttpRequest,
    found: Candidates,
    account: Account,
    password: str,
    *,
    remember: bool,
    who: Visitor,
    at: datetime,
) -> Outcome:
    """The password is right: tell the account's state, or open its session."""
    if account.blocked_at:
        record(account, history.SIGN_IN_REFUSED, by=Actor(kind="visitor"), at=at, device=who.label)
        return Blocked()
    organisation = current()
    if not account.is_staff and organisation.is_in_maintenance(at):
        return UnderMaintenance(organisation.maintenance_until)
    passwords.renew(account, password)
    # A second step (by account, role or new device) will stand here: no session is open yet.
    return _open_session(request, account, found, method="password", remember=remember, who=who, at=at)


def _open_session(
    request: HttpRequest,
    account: Account,
    found: Candidates,
    *,
    method: str,
    remember: bool,
    who: Visitor,
    at: datetime,
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
        cookie, known, is_new = devices.remember(found.device, account, found.known, label=who.label, at=at)
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
        if found.unlock:
            UnlockPass.objects.filter(pk=found.unlock.pk).update(used_at=at)
        if is_new and last:
            mail(account, "accounts/mail/new_device", at=at, device=who.label, signed_in_at=at.isoformat())
        kind = history.SIGNED_IN_ANEW if is_new and last else history.SIGNED_IN
        record(account, kind, at=at, device=who.label)
    return SignedIn(account, cookie)
