"""What an owner turns on and off. Each change is told, and ends what devices were waived."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts import history
from xpassfam.accounts.actions.second_step import passkeys, totp
from xpassfam.accounts.models import Account, KnownDevice, Passkey, RecoveryCode, TotpKey
from xpassfam.accounts.telling import alert, record
from xpassfam.rules.second_step import STRONG, Method

NAMES: Mapping[Method, Promise] = {
    Method.PASSKEY: _("clé d’accès"),
    Method.TOTP: _("application de codes"),
    Method.SMS: _("code par SMS"),
    Method.EMAIL: _("code par e-mail"),
}


class LastStrongMethod(Exception):
    """Staff always keep one."""


def add_totp(account: Account, key: str, *, device: str, at: datetime) -> None:
    """`key` was proved by a code; the application of before serves no more."""
    with transaction.atomic():
        totp.keep(account, key, at=at)
        _tell(account, history.SECOND_STEP_ON, Method.TOTP, device=device, at=at)


def add_passkey(
    account: Account, token: str, answer: Mapping[str, Any], *, name: str, device: str, at: datetime
) -> Passkey:
    """Raise `passkeys.Refused`."""
    with transaction.atomic():
        made = passkeys.register(account, token, answer, name=name, at=at)
        _tell(account, history.SECOND_STEP_ON, Method.PASSKEY, device=device, at=at)
    return made


def switch(account: Account, method: Method, *, on: bool, device: str, at: datetime) -> None:
    """A code by e-mail or SMS."""
    with transaction.atomic():
        setattr(account, f"second_step_{method.value}", on)
        account.save(update_fields=[f"second_step_{method.value}"])
        _tell(account, history.SECOND_STEP_ON if on else history.SECOND_STEP_OFF, method, device=device, at=at)


def remove_totp(account: Account, *, device: str, at: datetime) -> None:
    """Raise LastStrongMethod."""
    with transaction.atomic():
        _hold(account)
        TotpKey.objects.filter(account=account).delete()
        _still_strong(account)
        _tell(account, history.SECOND_STEP_OFF, Method.TOTP, device=device, at=at)


def remove_passkey(passkey: Passkey, *, device: str, at: datetime) -> None:
    """Raise LastStrongMethod."""
    with transaction.atomic():
        _hold(passkey.account)
        passkey.delete()
        _still_strong(passkey.account)
        _tell(passkey.account, history.SECOND_STEP_OFF, Method.PASSKEY, device=device, at=at)


def remove_all(account: Account) -> None:
    """Everything at once, in the transaction of a caller who tells it: it was lost."""
    TotpKey.objects.filter(account=account).delete()
    Passkey.objects.filter(account=account).delete()
    RecoveryCode.objects.filter(account=account).delete()
    KnownDevice.objects.filter(account=account).update(trusted_until=None)
    account.second_step_email = account.second_step_sms = False
    account.save(update_fields=["second_step_email", "second_step_sms"])


def _hold(account: Account) -> None:
    """Of two removals at once, the second sees what the first one left."""
    Account.objects.select_for_update(of=("self",)).get(pk=account.pk)


def _still_strong(account: Account) -> None:
    has_one = TotpKey.objects.filter(account=account).exists() or account.passkeys.exists()
    if account.is_staff and not has_one:
        raise LastStrongMethod


def _tell(account: Account, kind: Any, method: Method, *, device: str, at: datetime) -> None:
    KnownDevice.objects.filter(account=account).update(trusted_until=None)
    record(account, kind, at=at, device=device, facts={"method": str(NAMES[method])})
    alert(
        account,
        "second_step_changed",
        about=kind,
        at=at,
        is_on=kind is history.SECOND_STEP_ON,
        method=method.value,
        is_strong=method in STRONG,
        changed_at=at.isoformat(),
        device=device,
    )
