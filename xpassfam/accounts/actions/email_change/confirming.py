"""The new mailbox has answered: the address changes, the old one is told, and what is grave waits three days."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from xpassfam.accounts import freezing, history, tokens
from xpassfam.accounts.actions.email_change.asking import digest_of
from xpassfam.accounts.actions.signing_out import end_what_waits, sign_out_elsewhere
from xpassfam.accounts.models import Account, ContactChoices, EmailChange, Freeze
from xpassfam.accounts.reaching import Ways, ways_of
from xpassfam.accounts.telling import alert_before, mail, record

MOST_TRIES = 5


class Gone(Exception):
    """It changes nothing any more; `why`: unknown, used, expired, replaced, taken or frozen."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class WrongCode(Exception):
    """Not the code; `remaining` tries."""

    def __init__(self, remaining: int) -> None:
        self.remaining = remaining
        super().__init__()


def by_code(change: EmailChange, code: str, *, session_key: str | None, device: str, at: datetime) -> Account:
    """Spend a try, then compare. Raise WrongCode or Gone."""
    live = EmailChange.objects.waiting(at).filter(pk=change.pk, code_tries__lt=MOST_TRIES)
    if change.code_until <= at or not live.update(code_tries=F("code_tries") + 1):
        raise WrongCode(0)
    change.refresh_from_db()
    if not change.code_digest or not tokens.matches(change.code_digest, digest_of(change, code)):
        raise WrongCode(MOST_TRIES - change.code_tries)
    return _change(change, session_key=session_key, device=device, at=at)


def find(account: Account, token: str, *, at: datetime) -> EmailChange:
    """The asking of a link, for the account that asked: whoever else opens it has only that mailbox. Raise Gone."""
    change = account.email_changes.filter(digest=tokens.digest(token)).first()
    if change is None:
        raise Gone("unknown")
    if change.confirmed_at:
        raise Gone("used")
    if change.superseded_at:
        raise Gone("replaced")
    if change.link_until <= at:
        raise Gone("expired")
    return change


def by_link(account: Account, token: str, *, session_key: str | None, device: str, at: datetime) -> Account:
    """Raise Gone."""
    return _change(find(account, token, at=at), session_key=session_key, device=device, at=at)


def _change(change: EmailChange, *, session_key: str | None, device: str, at: datetime) -> Account:
    account = change.account
    if freezing.frozen_until(account, at):
        raise Gone("frozen")
    token = tokens.new_token()
    try:
        with transaction.atomic():
            once = EmailChange.objects.waiting(at).filter(pk=change.pk)
            if not once.update(confirmed_at=at, stop_digest=tokens.digest(token)):
                raise Gone("used")
            ways = ways_of(account, at=at)
            account.email = change.new_email
            account.save(update_fields=["email"])
            sign_out_elsewhere(account, session_key=session_key, at=at)
            # What waits in the old mailbox opens nothing any more.
            end_what_waits(account, at=at)
            # Who reads the new mailbox, its owner says anew.
            ContactChoices.objects.filter(account=account).update(email_is_shared=False)
            _tell(change, ways, token, device=device, at=at)
            freezing.freeze(account, reason=Freeze.Reason.EMAIL_CHANGE, at=at)
            facts = {"before": change.old_email, "after": change.new_email}
            line = record(account, history.EMAIL_CHANGED, at=at, device=device, facts=facts)
            EmailChange.objects.filter(pk=change.pk).update(line=line.hash)
    except IntegrityError:
        # Somebody opened an account at that address meanwhile.
        raise Gone("taken") from None
    return account


def _tell(change: EmailChange, ways: Ways, token: str, *, device: str, at: datetime) -> None:
    """Both mailboxes and the telephone, whatever was chosen: the old ones can stop it for as long as what is grave
    waits. Discreet mode holds: an old mailbox that another reads learns nothing."""
    path, until = f"/connexion/adresse/{token}/", (at + freezing.USUAL).isoformat()
    said = {"changed_at": at.isoformat(), "device": device}
    alert_before(change.account, "email_changed", ways, at=at, path=path, until=until, **said)
    mail(change.account, "accounts/mail/email_is_new", at=at, changed_at=at.isoformat())
