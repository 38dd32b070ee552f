"""The one way into an account, for families and staff alike: nothing else calls `login()`.

Password, then a second step where one is asked for (`finish`); or a passkey, which is both at once (`enter`).

Known or unknown, right or wrong, the same lookups are made, the same tries counted and one password is
verified: what differs is only told to somebody who gave the right password.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.contrib.auth import login
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.http import HttpRequest

from xpassfam.accounts import confirmation, devices, dummies, history, lookups, presence, throttle, tokens, troubles
from xpassfam.accounts.actions import passwords
from xpassfam.accounts.actions.second_step import asking, passkeys
from xpassfam.accounts.actions.second_step.judging import RECOVERY
from xpassfam.accounts.devices import Visitor
from xpassfam.accounts.lookups import Candidates
from xpassfam.accounts.models import Account, KnownDevice, PendingSignIn, UnlockPass
from xpassfam.accounts.outcomes import (
    Blocked,
    Confirmed,
    NotActivated,
    Outcome,
    PasswordDue,
    Paused,
    SignedIn,
    StepAsked,
    TooLate,
    UnderMaintenance,
    Wrong,
)
from xpassfam.accounts.sessions import IS_STRONG
from xpassfam.accounts.telling import alert, record
from xpassfam.accounts.tries import reserve
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import current
from xpassfam.rules.identifiers import Identifier, identify
from xpassfam.rules.second_step import STRONG

log = structlog.get_logger(__name__)
BACKEND = "xpassfam.accounts.backend.AccountBackend"


@dataclass(frozen=True)
class How:
    """By what a session was opened. `is_strong`: two factors that no mailbox and no telephone number holds;
    `is_waived`: the second one was given before, on this device."""

    method: str
    is_strong: bool
    is_waived: bool = False


def password_tag(pending_id: str, password: str) -> int:
    """Eight bits that say whether a password may be that of a pending sign-up, however `_right_text` takes it."""
    meant = unicodedata.normalize("NFC", password).strip()
    return int(tokens.keyed("tag", f"{pending_id}:{meant}")[:2], 16)


def sign_in(
    request: HttpRequest, *, identifier: str, password: str, remember: bool, who: Visitor, at: datetime
) -> Outcome:
    """Try to sign in; on success the request carries the session of the account."""
    meant = identify(identifier)
    found = lookups.candidates(meant, who, at=at)
    outcome = _judge(request, meant, found, password, remember=remember, who=who, at=at)
    troubles.note(outcome, meant, found.account, password=password, device=who.label, at=at)
    return outcome


def _judge(
    request: HttpRequest,
    meant: Identifier,
    found: Candidates,
    password: str,
    *,
    remember: bool,
    who: Visitor,
    at: datetime,
) -> Outcome:
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


def confirm(
    request: HttpRequest, account: Account, password: str, *, who: Visitor, at: datetime
) -> Confirmed | StepAsked | Wrong | Paused:
    """Whoever is signed in proves it again, before something grave; the session goes on under a new key, with the same
    ends (ASVS 7.2.4). Guesses are slowed down as at sign-in. Who has a second step gives it too (ASVS 7.5.1).
    """
    tries = throttle.reserve(throttle.DEVICE, confirmation.tries_key(request.session, account.public_id), at=at)
    if not tries.allowed:
        return Paused(tries.free_at)
    if _right_text(password, account.password) is None:
        record(account, history.CONFIRMATION_REFUSED, at=at, device=who.label)
        return Paused(tries.free_at) if tries.free_at > at else Wrong(tries.remaining, tries.next_pause)
    throttle.refund(tries)
    asked = asking.ask_again(account, session_key=request.session.session_key or "", at=at)
    return StepAsked(*asked) if asked else _confirmed(request, account, who=who, at=at)


def _confirmed(request: HttpRequest, account: Account, *, who: Visitor, at: datetime) -> Confirmed:
    with transaction.atomic():
        request.session.cycle_key()
        request.session[confirmation.CONFIRMED_AT] = at.isoformat()
        record(account, history.CONFIRMED, at=at, device=who.label)
    return Confirmed()


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
    """The password is right: tell the account's state, ask for the second step, or open its session."""
    if closed := _closed(account, who, at):
        return closed
    passwords.renew(account, password)
    asked = asking.ask(account, found.known, device=found.device, unlock=found.unlock, remember=remember, at=at)
    if asked:
        return StepAsked(*asked)
    # Staff whose device is trusted gave a strong step here, hours ago at most.
    how = How("password", is_strong=account.is_staff, is_waived=bool(found.known and found.known.is_trusted(at)))
    return _open_session(request, account, found, how=how, remember=remember, who=who, at=at)


def finish(
    request: HttpRequest, pending: PendingSignIn, method: str, *, trust: bool, who: Visitor, at: datetime
) -> Outcome | Confirmed:
    """The second step was right: open the session that waited for it, or let the one that asked go on.

    Raise TooLate.
    """
    account = pending.account
    if pending.session_key:
        if not asking.is_of(pending, request.session.session_key or "") or not asking.use(pending, at=at):
            raise TooLate
        return _confirmed(request, account, who=who, at=at)
    if closed := _closed(account, who, at):
        return closed
    found = _known_of(account, who, at, unlock=pending.unlock)
    how = How(f"password+{method}", is_strong=method in STRONG or method == RECOVERY)
    with transaction.atomic():
        if not asking.use(pending, at=at):
            raise TooLate
        opened = _open_session(request, account, found, how=how, remember=pending.remember, who=who, at=at)
        if trust:
            organisation = current()
            lasts = timedelta(days=organisation.trusted_days)
            if account.is_staff:
                lasts = timedelta(hours=organisation.staff_trusted_hours)
            KnownDevice.objects.filter(account=account, device_id=request.session["device_id"]).update(
                trusted_until=at + lasts
            )
    return opened


def enter(request: HttpRequest, token: str, answer: Mapping[str, Any], *, who: Visitor, at: datetime) -> Outcome | None:
    """By a passkey, that verified its owner: both steps at once. None where it opens nothing."""
    reserved = throttle.reserve(throttle.PASSKEY, who.address, at=at)
    if not reserved.allowed:
        return Paused(reserved.free_at)
    try:
        key = passkeys.signed_by(token, answer, at=at)
    except passkeys.Refused as refusal:
        log.info("sign_in.passkey_refused", address=who.address, why=refusal.why)
        return None
    account = key.account
    if account.closed_at or passkeys.is_put_aside(key):
        return None
    throttle.refund(reserved)
    if closed := _closed(account, who, at):
        return closed
    found = _known_of(account, who, at)
    how = How("passkey", is_strong=True)
    return _open_session(request, account, found, how=how, remember=False, who=who, at=at)


def _closed(account: Account, who: Visitor, at: datetime) -> Blocked | PasswordDue | UnderMaintenance | None:
    """Whoever gave what opens the account is told why it does not: its state, whatever the way in."""
    if account.blocked_at or account.closed_at:
        record(account, history.SIGN_IN_REFUSED, by=Actor(kind="visitor"), at=at, device=who.label)
        return Blocked()
    if account.password_is_due:
        passwords.ask(account.email, at=at)
        return PasswordDue()
    organisation = current()
    if not account.is_staff and organisation.is_in_maintenance(at):
        return UnderMaintenance(organisation.maintenance_until)
    return None


def _known_of(account: Account, who: Visitor, at: datetime, *, unlock: UnlockPass | None = None) -> Candidates:
    device = devices.find(who, at=at)
    known = KnownDevice.objects.filter(device=device, account=account).first() if device else None
    return Candidates(account, device, known, unlock, [])


def _open_session(
    request: HttpRequest,
    account: Account,
    found: Candidates,
    *,
    how: How,
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
        last = lookups.last_known(account)
        cookie, known, is_new = devices.remember(found.device, account, found.known, label=who.label, at=at)
        login(request, account, backend=BACKEND)
        request.session.update(
            {
                "device_id": known.device_id,
                "method": how.method,
                IS_STRONG: how.is_strong,
                confirmation.IS_WAIVED: how.is_waived,
                "idle_seconds": int(idle.total_seconds()),
                "absolute_end": end.isoformat(),
                "signed_in_at": at.isoformat(),
            }
        )
        request.session["last_sign_ins"] = presence.last_sign_ins(account, at=at)
        if last:
            request.session["previous_sign_in"] = {"at": last.last_sign_in_at.isoformat(), "label": last.label}
        request.session.set_expiry(int((end - at).total_seconds()) if remember else 0)
        if found.unlock:
            UnlockPass.objects.filter(pk=found.unlock.pk).update(used_at=at)
        if is_new and last:
            anew = history.SIGNED_IN_ANEW
            alert(account, "new_device", about=anew, at=at, device=who.label, signed_in_at=at.isoformat())
        kind = history.SIGNED_IN_ANEW if is_new and last else history.SIGNED_IN
        record(account, kind, at=at, device=who.label)
    return SignedIn(account, cookie)
