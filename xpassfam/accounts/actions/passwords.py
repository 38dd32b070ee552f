"""A new password: by a link sent to the mailbox, or while signed in."""

from datetime import datetime, timedelta

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from xpassfam.accounts import confirmation, devices, freezing, hashing, history, throttle, tokens
from xpassfam.accounts.actions.signing_out import end_what_waits, sign_out_elsewhere
from xpassfam.accounts.models import Account, Freeze, KnownDevice, PasswordReset, UnlockPass
from xpassfam.accounts.telling import alert, mail, record
from xpassfam.jobs import job
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import current
from xpassfam.outbox.actions import send
from xpassfam.rules.identifiers import identify

ASK_AGAIN_AFTER = timedelta(minutes=2)
LONGEST_ADDRESS = 254


class LinkGone(Exception):
    """The link sets no password any more; `why` is expired, used, replaced or unknown, `at` since when."""

    def __init__(self, why: str, at: datetime) -> None:
        self.why, self.at = why, at
        super().__init__(why)


class WrongPassword(Exception):
    """Not the current password; `until` says when to try again, if one must wait."""

    def __init__(self, until: datetime | None = None) -> None:
        self.until = until
        super().__init__()


class SamePassword(Exception):
    """The new password is the one the account has: nothing would change, and who worries would believe it did."""


def ask(identifier: str, *, address: str = "", at: datetime) -> datetime:
    """Ask for a link; return when the last one left. The same rows for known and unknown.

    Repeats within two minutes, past three an hour, and past twenty from one network address (of families: staff have
    none) are absorbed.
    """
    meant = identify(identifier)
    key = tokens.keyed("reset", f"{meant.kind}:{meant.value}")
    account = Account.objects.meant_by(meant).first()
    with transaction.atomic():
        # First: it holds the counter's row, so that of parallel repeats one goes on and the others see it.
        reserved = throttle.reserve(throttle.MAIL, f"reset|{key}", at=at)
        asked_here = throttle.reserve(throttle.MAIL_FROM, address or key, at=at)
        last = PasswordReset.objects.filter(identifier_digest=key).order_by("-created_at").first()
        if last and at < last.created_at + ASK_AGAIN_AFTER:
            for counted in filter(lambda one: one.allowed, (reserved, asked_here)):
                throttle.refund(counted)
            return last.created_at
        if not (reserved.allowed and asked_here.allowed):
            return last.created_at if last else at
        reset = PasswordReset.objects.create(
            account=account,
            identifier_digest=key,
            digest=tokens.digest(tokens.new_token()),
            created_at=at,
            expires_at=at + timedelta(minutes=current().reset_link_minutes),
        )
        deliver.enqueue(reset.pk, meant.value if meant.kind == "email" else "")
    return at


@job()
def deliver(reset_id: int, typed_email: str) -> None:
    """Give the request its link and send it; to an address without account, say so.

    Not where a newer request or a change of password came first: the link would be dead on arrival.
    """
    now = timezone.now()
    waiting = PasswordReset.objects.select_related("account__person").filter(used_at=None, superseded_at=None)
    reset = waiting.filter(pk=reset_id).first()
    if reset is None:
        return
    account = reset.account
    with transaction.atomic():
        if account is None:
            if is_address(typed_email):
                send("accounts/mail/no_account", to=typed_email, context={"asked_at": now.isoformat()}, at=now)
            return
        token = tokens.new_token()
        older = PasswordReset.objects.filter(account=account, used_at=None, superseded_at=None, pk__lt=reset.pk)
        older.update(superseded_at=now)
        PasswordReset.objects.filter(pk=reset.pk).update(digest=tokens.digest(token))
        until = reset.expires_at.isoformat()
        # Who never had a password asked for nothing: an administrator made their account.
        had_one = account.has_usable_password() or account.password_changed_at
        template = "accounts/mail/reset" if had_one else "accounts/mail/first_password"
        mail(account, template, at=now, path=f"/mot-de-passe/nouveau/{token}/", until=until)
        # Anybody can ask, at the address or number of somebody else.
        record(account, history.PASSWORD_RESET_ASKED, by=Actor(kind="visitor"), at=now)


def send_link(account: Account, template: str, *, to: str, at: datetime, **more: object) -> None:
    """A link that nobody asked for, in the caller's transaction: the way back after « Ce n’était pas moi », or
    where the organisation asks for a new password."""
    token, until = tokens.new_token(), at + timedelta(minutes=current().reset_link_minutes)
    PasswordReset.objects.filter(account=account, used_at=None, superseded_at=None).update(superseded_at=at)
    PasswordReset.objects.create(
        account=account,
        identifier_digest=tokens.keyed("reset", f"account:{account.public_id}"),
        digest=tokens.digest(token),
        created_at=at,
        expires_at=until,
    )
    path = f"/mot-de-passe/nouveau/{token}/"
    context = {"first_name": account.first_name, "path": path, "until": until.isoformat(), **more}
    send(template, to=to, context=context, at=at, account_id=account.public_id)


def is_address(typed: str) -> bool:
    """Whether a mail can be sent to what somebody typed in the field of identifiers."""
    try:
        validate_email(typed)
    except ValidationError:
        return False
    return len(typed) <= LONGEST_ADDRESS


def find(token: str, *, at: datetime) -> PasswordReset:
    """The live request of a link; raise LinkGone. An unknown link is one that was cut, most of the time."""
    reset = PasswordReset.objects.select_related("account__person").filter(digest=tokens.digest(token)).first()
    if reset is None:
        raise LinkGone("unknown", at)
    if reset.account is None or reset.account.closed_at:
        raise LinkGone("expired", at)
    if reset.used_at:
        raise LinkGone("used", reset.used_at)
    if reset.superseded_at:
        raise LinkGone("replaced", reset.superseded_at)
    if reset.expires_at <= at:
        raise LinkGone("expired", reset.expires_at)
    return reset


def reset(request_: PasswordReset, password: str, *, device_cookie: str, device: str = "", at: datetime) -> Account:
    """Set the password by a link, once; end every session; raise LinkGone or SamePassword.

    The browser that did it gets a pass: whoever paused this account's sign-in can't keep its owner out. Nothing grave
    changes for three days, but for who never had a password: whoever reads the mailbox is not always its owner.
    """
    account = request_.account
    if account is None:
        raise LinkGone("expired", at)
    # One that « Ce n’était pas moi » put an end to counts: else its link would be the way around the three days.
    had_password = account.has_usable_password() or account.password_changed_at is not None
    encoded = another(account, password)
    with transaction.atomic():
        live = PasswordReset.objects.filter(pk=request_.pk, used_at=None, superseded_at=None, expires_at__gt=at)
        if not live.update(used_at=at):
            raise LinkGone("used", at)
        _set(account, encoded, device=device, at=at, device_cookie=device_cookie)
        if had_password:
            freezing.freeze(account, reason=Freeze.Reason.PASSWORD_RESET, at=at, by=Actor(kind="system"))
        UnlockPass.objects.create(
            account=account,
            digest=tokens.digest(tokens.new_token()),
            device_digest=tokens.digest(device_cookie),
            created_at=at,
            opened_at=at,
            expires_at=at + timedelta(hours=1),
        )
    return account


def confirm(account: Account, password: str, *, session: SessionBase, at: datetime) -> None:
    """Whoever is signed in proves it again, before something grave. Raise WrongPassword; guesses are slowed down, those
    of `pipeline.confirm` counted with them."""
    reserved = throttle.reserve(throttle.DEVICE, confirmation.tries_key(session, account.public_id), at=at)
    if not reserved.allowed:
        raise WrongPassword(until=reserved.free_at)
    if not check_password(password, account.password):
        raise WrongPassword
    throttle.refund(reserved)


def change(request: HttpRequest, account: Account, *, current_password: str, new: str, at: datetime) -> None:
    """Change the password while signed in; this session goes on under a new key. Raise WrongPassword, SamePassword."""
    label = devices.visitor(request).label
    try:
        confirm(account, current_password, session=request.session, at=at)
    except WrongPassword as refusal:
        if refusal.until is None:
            record(account, history.PASSWORD_CHANGE_REFUSED, at=at, device=label)
        raise
    encoded = another(account, new)
    with transaction.atomic():
        _set(account, encoded, device=label, at=at, session_key=request.session.session_key)
        update_session_auth_hash(request, account)


def replace(account: Account, encoded: str, *, device: str, at: datetime) -> None:
    """Set it in the caller's transaction, hashed before; every session, device and waiting link ends."""
    _set(account, encoded, device=device, at=at)


def another(account: Account, password: str) -> str:
    """The hash of a password that the account does not have yet; outside any transaction, as hashing takes long.

    Raise SamePassword.
    """
    if check_password(password, account.password):
        raise SamePassword
    return make_password(password)


def renew(account: Account, password: str) -> None:
    """Hash a password that was just found right anew, where the cost of hashing has changed since.

    Hashed outside any transaction, written in one statement, which a change of password meanwhile wins. No line of
    history: nothing changes for the person, and the time of a hash is nobody's business.
    """
    if hashing.needs_renewal(account.password):
        former, account.password = account.password, make_password(password)
        Account.objects.filter(pk=account.pk, password=former).update(password=account.password)


def _set(
    account: Account,
    encoded: str,
    *,
    device: str,
    at: datetime,
    session_key: str | None = None,
    device_cookie: str | None = None,
) -> None:
    """Write the new password; other sessions, the devices of others and waiting links end with the old one."""
    account.password, account.password_changed_at = encoded, at
    account.save(update_fields=["password", "password_changed_at"])
    sign_out_elsewhere(account, session_key=session_key, device_cookie=device_cookie, at=at)
    end_what_waits(account, at=at)
    KnownDevice.objects.filter(account=account).update(trusted_until=None)
    alert(account, "password_changed", about=history.PASSWORD_CHANGED, at=at, changed_at=at.isoformat())
    record(account, history.PASSWORD_CHANGED, at=at, device=device)
