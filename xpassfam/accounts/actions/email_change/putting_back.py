"""The address of before, put back by its owner alone: signed in, every factor given again, a second step among them.

A mailbox is not enough: the old one may be the one that was lost, or the ex-partner's (see `undoing`). Nor is a
password: whoever changed the address knew it.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from xpassfam.accounts import freezing, history, tokens
from xpassfam.accounts.actions.email_change.undoing import Taken
from xpassfam.accounts.actions.second_step import asking
from xpassfam.accounts.actions.signing_out import end_what_waits, sign_out_elsewhere
from xpassfam.accounts.everywhere import tell_everywhere
from xpassfam.accounts.models import Account, ContactChoices, EmailChange, Freeze
from xpassfam.accounts.reaching import ways_of
from xpassfam.accounts.telling import record


class AlreadyBack(Exception):
    """It was put back meanwhile, by agents or in another window."""


class NeedsAgents(Exception):
    """Its owner is not enough; `why`: see `obstacle`."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def recent(account: Account, *, at: datetime) -> EmailChange | None:
    """The change that can still be undone, for as long as what is grave waits after it. One query.

    What was put back, no mailbox was sent a code for; agents alone undo it, or two people would by turns.
    """
    confirmed = account.email_changes.filter(confirmed_at__gt=at - freezing.USUAL, reverted_at=None)
    return confirmed.filter(new_email=account.email).exclude(code_digest="").order_by("-confirmed_at").first()


def obstacle(account: Account, *, at: datetime) -> str:
    """Why agents are needed: no_step (a password alone puts nothing back) or read_codes; empty where they are not.

    In discreet mode the mailbox that comes back is one that others may read: no codes go there.
    """
    if not asking.has_one(account, at=at):
        return "no_step"
    return "read_codes" if account.second_step_email and ways_of(account, at=at).is_discreet else ""


def put_back(change: EmailChange, *, session_key: str | None, device: str, at: datetime) -> Account:
    """What was frozen stays so, for three days from now. Raise NeedsAgents, AlreadyBack or Taken."""
    try:
        with transaction.atomic():
            held = EmailChange.objects.select_related("account__person").select_for_update(of=("self",))
            change = held.get(pk=change.pk)
            if change.reverted_at:
                raise AlreadyBack
            # Once it is held: a second step or discreet mode may have changed in another window.
            if why := obstacle(change.account, at=at):
                raise NeedsAgents(why)
            _put_back(change, session_key=session_key, device=device, at=at)
    except IntegrityError:
        raise Taken from None
    return change.account


def _put_back(change: EmailChange, *, session_key: str | None, device: str, at: datetime) -> None:
    account, token = change.account, tokens.new_token()
    # Before the address changes: the mailbox that is left may stop it. Its link brings no new password, which the one
    # that comes back would get.
    tell_everywhere(
        account,
        "accounts/mail/email_put_back",
        sms="accounts/sms/email_put_back",
        at=at,
        also=change.old_email,
        path=f"/connexion/adresse/{token}/",
        until=(at + freezing.USUAL).isoformat(),
        put_back_at=at.isoformat(),
        device=device,
    )
    account.email = change.old_email
    account.save(update_fields=["email"])
    # Whether another reads the mailbox that comes back was forgotten when it left: in discreet mode its owner says.
    ContactChoices.objects.filter(account=account).update(email_is_shared=F("is_discreet"))
    change.reverted_at = at
    change.save(update_fields=["reverted_at"])
    account.email_changes.filter(confirmed_at=None, superseded_at=None).update(superseded_at=at)
    end_what_waits(account, at=at)
    sign_out_elsewhere(account, session_key=session_key, at=at)
    freezing.freeze(account, reason=Freeze.Reason.EMAIL_CHANGE, at=at)
    facts = {"before": change.new_email, "after": change.old_email}
    line = record(account, history.EMAIL_PUT_BACK, at=at, device=device, facts=facts)
    # A change like another, so that two agents can undo it.
    EmailChange.objects.create(
        account=account,
        old_email=change.new_email,
        new_email=change.old_email,
        asked_at=at,
        asked_on=device,
        sent_at=at,
        digest=tokens.digest(tokens.new_token()),
        confirmed_at=at,
        stop_digest=tokens.digest(token),
        line=line.hash,
    )
