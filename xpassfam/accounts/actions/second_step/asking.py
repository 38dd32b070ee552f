"""Whether this sign-in needs a second step, and the pending sign-in that waits for it."""

from datetime import datetime, timedelta

from xpassfam.accounts import lookups, tokens
from xpassfam.accounts.models import Account, Device, KnownDevice, PendingSignIn, UnlockPass
from xpassfam.organisation.models import current
from xpassfam.rules.second_step import Method, Policy, Situation, is_demanded, methods

GOOD_FOR = timedelta(minutes=10)


def situation(account: Account, known: KnownDevice | None, *, at: datetime) -> Situation:
    """What is known of a sign-in whose password is right. One query."""
    has_totp, has_passkey, has_reset = lookups.second_step(account, at=at)
    turned_on = {
        Method.PASSKEY: has_passkey,
        Method.TOTP: has_totp,
        Method.SMS: account.second_step_sms and bool(account.verified_phone),
        Method.EMAIL: account.second_step_email,
    }
    return Situation(
        is_staff=account.is_staff,
        policy=Policy(account.second_step_policy or current().second_step),
        enrolled=frozenset(method for method, is_on in turned_on.items() if is_on),
        device_is_known=known is not None,
        device_is_trusted=bool(known and known.is_trusted(at)),
        has_reset_recently=has_reset,
    )


def ask(
    account: Account,
    known: KnownDevice | None,
    *,
    device: Device | None,
    unlock: UnlockPass | None,
    remember: bool,
    at: datetime,
) -> tuple[PendingSignIn, str] | None:
    """The sign-in that now waits, with the token its browser keeps; None where the password is enough."""
    found = situation(account, known, at=at)
    if not is_demanded(found):
        return None
    may_use = methods(found, current().allowed_methods)
    # Families whom nothing may ask for a code have nothing to be asked: only staff must enrol before they come in.
    if not may_use and not account.is_staff:
        return None
    return wait(account, may_use, device=device, unlock=unlock, remember=remember, at=at)


def ask_again(account: Account, *, session_key: str, at: datetime) -> tuple[PendingSignIn, str] | None:
    """Before something grave, of who is signed in: what they turned on themselves, whatever device is trusted."""
    found = situation(account, None, at=at)
    if not found.enrolled:
        return None
    may_use = methods(found, current().allowed_methods)
    return wait(account, may_use, session_key=tokens.digest(session_key), at=at) if may_use else None


def has_one(account: Account, *, at: datetime) -> bool:
    """Whether its owner turned one on: proving who they are then asks more than a password. One query."""
    return bool(situation(account, None, at=at).enrolled)


def is_of(pending: PendingSignIn, session_key: str) -> bool:
    return tokens.matches(pending.session_key, tokens.digest(session_key))


def wait(
    account: Account,
    may_use: list[Method],
    *,
    device: Device | None = None,
    unlock: UnlockPass | None = None,
    remember: bool = False,
    session_key: str = "",
    at: datetime,
) -> tuple[PendingSignIn, str]:
    token = tokens.new_token()
    pending = PendingSignIn.objects.create(
        digest=tokens.digest(token),
        account=account,
        device=device,
        unlock=unlock,
        methods=[method.value for method in may_use],
        remember=remember,
        session_key=session_key,
        created_at=at,
        expires_at=at + GOOD_FOR,
    )
    return pending, token


def find(token: str, *, at: datetime) -> PendingSignIn | None:
    """The sign-in that this browser waits with."""
    waiting = PendingSignIn.objects.select_related("account__person", "unlock").filter(used_at=None, expires_at__gt=at)
    return waiting.filter(digest=tokens.digest(token)).first() if token else None


def use(pending: PendingSignIn, *, at: datetime) -> bool:
    """Once, in the caller's transaction; False where it has served or waited too long."""
    waiting = PendingSignIn.objects.filter(pk=pending.pk, used_at=None, expires_at__gt=at)
    return bool(waiting.update(used_at=at))
