"""Asking for a new address: a message with a link and a code goes there, and nothing changes before it comes back.

One account, one address: where another account has it, its mailbox learns so, and nobody else.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts import history, throttle, tokens
from xpassfam.accounts.models import Account, EmailChange
from xpassfam.accounts.telling import record
from xpassfam.jobs import job
from xpassfam.outbox.actions import send


class SameAddress(Exception):
    """It is the account's address already."""


class TooMany(Exception):
    """No other message leaves before `until`."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__()


def ask(account: Account, email: str, *, device: str, address: str, at: datetime) -> EmailChange:
    """Begin; an asking that waited is given up. `address`: where it is asked from. Raise SameAddress or TooMany."""
    if email == account.email:
        raise SameAddress
    with transaction.atomic():
        _count(account, email, address, at)
        account.email_changes.filter(confirmed_at=None, superseded_at=None).update(superseded_at=at)
        change = EmailChange.objects.create(
            account=account,
            old_email=account.email,
            new_email=email,
            asked_at=at,
            asked_on=device,
            sent_at=at,
            digest=tokens.digest(tokens.new_token()),
        )
        deliver.enqueue(change.pk)
        record(account, history.EMAIL_ASKED, at=at, device=device, facts={"email": email})
    return change


def send_again(change: EmailChange, *, address: str, at: datetime) -> None:
    """Another link and another code, a minute later at the soonest; those before are dead. Raise TooMany."""
    if at < change.again_at:
        raise TooMany(change.again_at)
    with transaction.atomic():
        _count(change.account, change.new_email, address, at)
        if EmailChange.objects.waiting(at).filter(pk=change.pk).update(sent_at=at):
            deliver.enqueue(change.pk)


def give_up(change: EmailChange, *, at: datetime) -> None:
    EmailChange.objects.filter(pk=change.pk, confirmed_at=None).update(superseded_at=at)


def _count(account: Account, email: str, address: str, at: datetime) -> None:
    """Each counter of its own: nobody's mailbox is filled, by one account, to one address, or from one place."""
    counted = [
        (throttle.EMAIL_CHANGES, account.public_id),
        (throttle.MAIL, f"email_change|{email}"),
        (throttle.MAIL_FROM, address),
    ]
    refused = [one for one in (throttle.reserve(*scope, at=at) for scope in counted) if not one.allowed]
    if refused:
        raise TooMany(max(one.free_at for one in refused))


@job()
def deliver(change_id: int) -> None:
    """Give the asking its link and code and send them; to the address of another account, say so."""
    now = timezone.now()
    with transaction.atomic():
        waiting = EmailChange.objects.select_related("account").select_for_update(of=("self",))
        change = waiting.filter(pk=change_id, confirmed_at=None, superseded_at=None).first()
        if change is None or change.link_until <= now:
            return
        context: dict[str, str] = {"asked_at": change.sent_at.isoformat()}
        if Account.objects.filter(email=change.new_email).exists():
            send("accounts/mail/email_taken", to=change.new_email, context=context, at=now)
            return
        token, code = tokens.new_token(), tokens.new_code()
        change.digest, change.code_digest, change.code_tries = tokens.digest(token), digest_of(change, code), 0
        change.save(update_fields=["digest", "code_digest", "code_tries"])
        context |= {
            "path": f"/mon-compte/securite/adresse/lien/{token}/",
            "code": code,
            "code_until": change.code_until.isoformat(),
            "link_until": change.link_until.isoformat(),
        }
        send("accounts/mail/email_confirm", to=change.new_email, context=context, at=now)


def digest_of(change: EmailChange, code: str) -> str:
    return tokens.keyed("email_change", f"{change.public_id}:{code}")
