"""Passkeys: a key-ring or a device signs what we ask, for this address and no other.

Source: W3C Web Authentication, level 3, 7.1 and 7.2; the checks are fido2's.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from xpassfam.accounts import throttle, tokens
from xpassfam.accounts.models import Account, Contestation, Passkey, PasskeyChallenge
from xpassfam.accounts.telling import DISOWNED_WITHIN
from xpassfam.organisation.models import current

CHALLENGE_GOOD_FOR = timedelta(minutes=5)
MOST = 10
# Of keys added by whoever held a password that leaked, before anybody knew.
DOUBTED_FOR = timedelta(days=30)


class Refused(Exception):
    """Not signed by a key of this account, for this address, in time. `why` is for the log."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def may_ask(address: str, *, at: datetime) -> bool:
    """Whoever asks for challenge after challenge fills a table."""
    return throttle.reserve(throttle.PASSKEY_CHALLENGES, address, at=at).allowed


def to_register(account: Account, *, at: datetime) -> dict[str, Any]:
    """What the browser asks the key-ring to make, with the `challenge_token` to send back."""
    user = PublicKeyCredentialUserEntity(id=account.public_id.encode(), name=account.email, display_name=str(account))
    options, state = _server().register_begin(
        user,
        [_credential(passkey) for passkey in account.passkeys.all()],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return _asked(dict(options), state, account, at)


def register(account: Account, token: str, answer: Mapping[str, Any], *, name: str, at: datetime) -> Passkey:
    """Keep the new key. Raise Refused."""
    state = _take(token, account, at)
    try:
        made = _server().register_complete(state, answer)
    except (ValueError, KeyError, TypeError, AssertionError) as error:
        raise Refused(str(error)) from error
    credential = made.credential_data
    if credential is None or account.passkeys.count() >= MOST:
        raise Refused("no credential, or too many")
    try:
        with transaction.atomic():
            return Passkey.objects.create(
                account=account,
                credential_id=websafe_encode(credential.credential_id),
                credential=bytes(credential),
                name=name,
                sign_count=made.counter,
                is_backed_up=bool(made.flags & AuthenticatorData.FLAG.BS),
                created_at=at,
            )
    except IntegrityError as error:
        raise Refused("known already") from error


def to_sign(account: Account | None, *, at: datetime) -> dict[str, Any]:
    """What the browser asks a key to sign; for nobody in particular, the key tells whose it is,
    and must verify them."""
    credentials = [_credential(passkey) for passkey in account.passkeys.all()] if account else None
    verification = UserVerificationRequirement.PREFERRED if account else UserVerificationRequirement.REQUIRED
    options, state = _server().authenticate_begin(credentials, verification)
    return _asked(dict(options), state, account, at)


def signed_by(token: str, answer: Mapping[str, Any], *, account: Account | None = None, at: datetime) -> Passkey:
    """The key that signed. Raise Refused; so is one whose counter went back: it was copied."""
    state = _take(token, account, at)
    try:
        given = AuthenticationResponse.from_dict(answer)
        found = Passkey.objects.select_related("account__person").filter(credential_id=websafe_encode(given.raw_id))
        passkey = found.get(account=account) if account else found.get()
        _server().authenticate_complete(state, [_credential(passkey)], answer)
    except (ValueError, KeyError, TypeError, AssertionError, Passkey.DoesNotExist) as error:
        raise Refused(str(error)) from error
    handle, data = given.response.user_handle, given.response.authenticator_data
    if handle and handle != passkey.account.public_id.encode():
        raise Refused("another user's handle")
    counted = Passkey.objects.filter(pk=passkey.pk, sign_count=passkey.sign_count)
    if passkey.sign_count and data.counter <= passkey.sign_count:
        raise Refused("its counter went back")
    backed_up = bool(data.flags & AuthenticatorData.FLAG.BS)
    if not counted.update(sign_count=data.counter, is_backed_up=backed_up, last_used_at=at):
        raise Refused("used at the same instant")
    return passkey


def is_put_aside(passkey: Passkey) -> bool:
    """Whether something of its first days is reported as « Ce n’était pas moi », and not settled; or it was added
    shortly before a new password was asked for: it may be the intruder's. It then opens nothing by itself; as a second
    step it stands, or the mailbox alone would open."""
    due_at = passkey.account.password_due_at
    if due_at and passkey.created_at < due_at < passkey.created_at + DOUBTED_FOR:
        return True
    doubted = Contestation.objects.open().filter(account=passkey.account_id)
    return doubted.filter(line_at__lt=passkey.created_at + DISOWNED_WITHIN).exists()


def _asked(options: dict[str, Any], state: Any, account: Account | None, at: datetime) -> dict[str, Any]:
    token = tokens.new_token()
    PasskeyChallenge.objects.create(
        digest=tokens.digest(token), account=account, state=state, expires_at=at + CHALLENGE_GOOD_FOR
    )
    return {"challenge_token": token, **options}


def _take(token: str, account: Account | None, at: datetime) -> Any:
    """A challenge serves once."""
    waiting = PasskeyChallenge.objects.filter(digest=tokens.digest(token), account=account, expires_at__gt=at)
    state = waiting.values_list("state", flat=True).first()
    deleted, _ = waiting.delete()
    if not deleted:
        raise Refused("no such challenge")
    return state


def _credential(passkey: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(passkey.credential))


def _server() -> Fido2Server:
    """The address is the portal's own setting: what a request says of its host changes nothing."""
    base = urlsplit(settings.BASE_URL)
    party = PublicKeyCredentialRpEntity(id=base.hostname or "", name=current().portal_name)
    return Fido2Server(party, verify_origin=lambda origin: origin == f"{base.scheme}://{base.netloc}")
