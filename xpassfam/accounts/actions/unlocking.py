"""A pass through a pause, by e-mail: nobody locks an owner out, neither of a known device nor of a new one.

The pass is bound to the browser that opens it, with its own ten tries, and opens nothing without the password.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts import history, throttle, tokens
from xpassfam.accounts.models import Account, UnlockPass
from xpassfam.accounts.telling import mail, record
from xpassfam.jobs import job
from xpassfam.journal.actions import Actor
from xpassfam.rules.identifiers import identify

LINK_GOOD_FOR = timedelta(hours=1)
PASS_GOOD_FOR = timedelta(hours=1)


def ask(identifier: str, *, address: str, at: datetime) -> None:
    """Send the owner a pass. The same work for an unknown one; repeats, and many from one address, are absorbed."""
    meant = identify(identifier)
    account = Account.objects.meant_by(meant).first()
    with transaction.atomic():
        reserved = throttle.reserve(throttle.MAIL, f"unlock|{meant.kind}:{meant.value}", at=at)
        asked_here = throttle.reserve(throttle.MAIL_FROM, address, at=at)
        if reserved.allowed and asked_here.allowed:
            send_pass.enqueue(account.pk if account else 0)


@job()
def send_pass(account_id: int) -> None:
    _issue(account_id, template="accounts/mail/unlock", at=timezone.now())


@job()
def warn(account_id: int) -> None:
    """Tell the owner that somebody guesses, with a pass for their own browser."""
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        return
    now = timezone.now()
    if not throttle.reserve(throttle.MAIL, f"warn|{account.public_id}", at=now).allowed:
        return
    record(account, history.SIGN_IN_PAUSED, by=Actor(kind="system"), at=now)
    _issue(account_id, template="accounts/mail/guessing", at=now)


def _issue(account_id: int, *, template: str, at: datetime) -> None:
    account = Account.objects.filter(pk=account_id, closed_at=None).first()
    if account is None:
        return
    token = tokens.new_token()
    with transaction.atomic():
        UnlockPass.objects.filter(account=account, opened_at=None, superseded_at=None).update(superseded_at=at)
        UnlockPass.objects.create(
            account=account, digest=tokens.digest(token), created_at=at, expires_at=at + LINK_GOOD_FOR
        )
        until = (at + LINK_GOOD_FOR).isoformat()
        mail(account, template, at=at, path=f"/connexion/deblocage/{token}/", until=until)


def find(token: str) -> UnlockPass | None:
    return UnlockPass.objects.select_related("account").filter(digest=tokens.digest(token)).first()


def open_pass(token: str, *, device_cookie: str, device: str = "", at: datetime) -> bool:
    """Bind the pass to a browser; False where the link is used, replaced or too old."""
    with transaction.atomic():
        opened = UnlockPass.objects.filter(
            digest=tokens.digest(token), opened_at=None, superseded_at=None, expires_at__gt=at
        ).update(opened_at=at, device_digest=tokens.digest(device_cookie), expires_at=at + PASS_GOOD_FOR)
        if not opened:
            return False
        unlock = UnlockPass.objects.select_related("account__person").get(digest=tokens.digest(token))
        record(unlock.account, history.PAUSE_LIFTED, at=at, device=device)
    return True
