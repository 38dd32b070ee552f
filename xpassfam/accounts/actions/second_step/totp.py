"""An application of codes: one key, a code each thirty seconds, each once.

Source: RFC 6238; a code of the period before or after is taken, as telephones are seldom on time (argued in
docs/decisions, against OWASP ASVS 5.0, 6.5.5).
"""

import base64
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from xpassfam.accounts.models import Account, TotpKey
from xpassfam.accounts.tokens import matches
from xpassfam.organisation.models import current
from xpassfam.vault.locks import Lock

PERIOD = 30
DIGITS = 6
KEY_BYTES = 20
_lock = Lock(b"xpassfam.accounts.totp")


def new_key() -> str:
    """In base 32, as applications take it."""
    return base64.b32encode(secrets.token_bytes(KEY_BYTES)).decode()


def address_of(key: str, account: Account) -> str:
    """What the square code holds (`otpauth://`)."""
    organisation = current()
    issuer = f"{organisation.portal_name} – {organisation.name}".replace(":", " ")
    return _totp(key).get_provisioning_uri(account.email, issuer)


def code_at(key: str, at: datetime) -> str:
    return _code(key, int(at.timestamp()) // PERIOD)


def is_right(key: str, typed: str, *, at: datetime) -> bool:
    """For a key that is not in use yet."""
    return bool(_step(key, typed, at))


def keep(account: Account, key: str, *, at: datetime) -> TotpKey:
    sealed, name = _lock.seal(key, about=account.public_id)
    kept, _ = TotpKey.objects.update_or_create(
        account=account, defaults={"sealed_key": sealed, "key_name": name, "created_at": at, "last_step": 0}
    )
    return kept


def key_of(kept: TotpKey, account: Account) -> str:
    """In clear: to judge a code, never on a page of the portal. Raise `Unreadable`."""
    return _lock.unseal(bytes(kept.sealed_key), kept.key_name, about=account.public_id)


def accept(account: Account, typed: str, *, at: datetime) -> bool:
    """Right once: of two who send the same code, one passes."""
    kept = TotpKey.objects.filter(account=account).first()
    if kept is None:
        return False
    step = _step(key_of(kept, account), typed, at)
    if not step:
        return False
    return bool(TotpKey.objects.filter(pk=kept.pk, last_step__lt=step).update(last_step=step, last_used_at=at))


def locked_away(key: str, account: Account) -> str:
    """A key on its way through a page of its owner, before anything is kept."""
    sealed, name = _lock.seal(key, about=f"new:{account.public_id}")
    return f"{name}.{base64.urlsafe_b64encode(sealed).decode()}"


def taken_back(carried: str, account: Account) -> str:
    """Raise `Unreadable`, or ValueError where it was cut."""
    name, _, sealed = carried.partition(".")
    return _lock.unseal(base64.urlsafe_b64decode(sealed), name, about=f"new:{account.public_id}")


def _step(key: str, typed: str, at: datetime) -> int:
    """The period whose code this is; 0 where it is none of the three around `at`."""
    now = int(at.timestamp()) // PERIOD
    return next((step for step in (now, now - 1, now + 1) if matches(_code(key, step), typed)), 0)


def _code(key: str, step: int) -> str:
    return _totp(key).generate(step * PERIOD).decode()


def _totp(key: str) -> TOTP:
    return TOTP(base64.b32decode(key), DIGITS, SHA1(), PERIOD)  # noqa: S303 - what applications know
