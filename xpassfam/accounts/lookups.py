"""What every try to sign in asks, known or unknown, compiled once: see docs/decisions/0029."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from xpassfam.accounts import devices
from xpassfam.accounts.devices import Visitor
from xpassfam.accounts.models import (
    Account,
    Device,
    KnownDevice,
    Passkey,
    PasswordReset,
    PendingSignUp,
    TotpKey,
    UnlockPass,
)
from xpassfam.accounts.tries import KnownBy
from xpassfam.people.prepared import Prepared, PreparedObjects
from xpassfam.rules.identifiers import Identifier
from xpassfam.rules.second_step import RESET_IS_RECENT

SIGN_UP_WAITS = timedelta(days=30)


@dataclass(frozen=True)
class Candidates:
    """What an identifier and a device cookie lead to."""

    account: Account | None
    device: Device | None
    known: KnownDevice | None
    unlock: UnlockPass | None
    pendings: list[PendingSignUp]

    @property
    def known_by(self) -> KnownBy | None:
        return KnownBy(self.device, self.unlock) if self.account and (self.known or self.unlock) else None


def _account(kind: str, *, value: str) -> "QuerySet[Account]":
    return Account.objects.meant_by(Identifier(kind, value))  # type: ignore[arg-type]


def _pendings(kind: str, *, value: str, since: datetime) -> "QuerySet[PendingSignUp]":
    """Those replaced by a newer one too: which are tells what the proof was worth."""
    column = "member_number" if kind == "member_number" else "email"
    waiting = PendingSignUp.objects.filter(used_at=None, created_at__gt=since, **{column: value})
    return waiting.order_by("-created_at")[:5]


def _known(*, device_id: int, account_id: int) -> "QuerySet[KnownDevice]":
    return KnownDevice.objects.filter(device_id=device_id, account_id=account_id)


def _last_known(*, account_id: int) -> "QuerySet[KnownDevice]":
    return KnownDevice.objects.filter(account_id=account_id).order_by("-last_sign_in_at")[:1]


def _unlock(*, account_id: int, digest: str, at: datetime) -> "QuerySet[UnlockPass]":
    good = UnlockPass.objects.filter(used_at=None, superseded_at=None, expires_at__gt=at)
    return good.filter(account_id=account_id, device_digest=digest)[:1]


def _second_step(*, account_id: int, since: datetime) -> "QuerySet[Account, tuple[bool, ...]]":
    of_account = {"account": OuterRef("pk")}
    return Account.objects.filter(pk=account_id).values_list(
        Exists(TotpKey.objects.filter(**of_account)),
        Exists(Passkey.objects.filter(**of_account)),
        Exists(PasswordReset.objects.filter(**of_account, used_at__gt=since)),
    )


_ACCOUNT = PreparedObjects(Account, _account, related="person")
_PENDINGS = PreparedObjects(PendingSignUp, _pendings)
_KNOWN = PreparedObjects(KnownDevice, _known)
_LAST_KNOWN = PreparedObjects(KnownDevice, _last_known)
_UNLOCK = PreparedObjects(UnlockPass, _unlock)
_SECOND_STEP = Prepared(_second_step)


def candidates(meant: Identifier, who: Visitor, *, at: datetime) -> Candidates:
    """Five queries, whatever they find."""
    account = _ACCOUNT.first(meant.kind, value=meant.value)
    pendings = _PENDINGS.all(meant.kind, value=meant.value, since=at - SIGN_UP_WAITS)
    device = devices.find(who, at=at)
    account_id, device_id = (account.pk if account else 0), (device.pk if device else 0)
    known = _KNOWN.first(device_id=device_id, account_id=account_id)
    unlock = _UNLOCK.first(account_id=account_id, digest=who.digest or "-", at=at)
    return Candidates(account, device, known, unlock, pendings)


def second_step(account: Account, *, at: datetime) -> tuple[bool, bool, bool]:
    """Whether they have an application of codes, a passkey, a password that was reset lately."""
    [(has_totp, has_passkey, has_reset)] = _SECOND_STEP.rows(account_id=account.pk, since=at - RESET_IS_RECENT)
    return has_totp, has_passkey, has_reset


def last_known(account: Account) -> KnownDevice | None:
    """Where they signed in last."""
    return _LAST_KNOWN.first(account_id=account.pk)
