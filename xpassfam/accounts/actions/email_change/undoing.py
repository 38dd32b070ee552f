"""« Ce n’était pas moi », from the old mailbox: everything grave stops, nothing is put back. Two agents put it back.

The old mailbox alone must not take the account again: it may be the one that was lost, or the ex-partner's.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from xpassfam.accounts import freezing, history, tokens
from xpassfam.accounts.actions import contesting
from xpassfam.accounts.actions.signing_out import end_what_waits, sign_out_elsewhere
from xpassfam.accounts.models import Account, ContactChoices, EmailChange, Freeze
from xpassfam.accounts.telling import record
from xpassfam.journal.actions import Actor
from xpassfam.journal.models import Line
from xpassfam.outbox.actions import send

SETTLED_WITHIN = timedelta(days=30)


class Gone(Exception):
    """The link stops nothing any more; `why`: unknown, used or late."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class NeedsAnother(Exception):
    """Who proposed it can't grant it: no agent alone takes an account from one address to another."""


class NotProposed(Exception):
    """Nobody proposed it, or it is done already, by agents or by its owner (`putting_back`)."""


class Taken(Exception):
    """Another account has the old address by now."""


def find(token: str, *, at: datetime) -> EmailChange:
    """The change that a link to the old address may stop. Raise Gone."""
    change = EmailChange.objects.select_related("account__person").filter(stop_digest=tokens.digest(token)).first()
    if change is None or change.confirmed_at is None:
        raise Gone("unknown")
    if change.stopped_at or change.reverted_at:
        raise Gone("used")
    if at >= change.confirmed_at + freezing.USUAL:
        raise Gone("late")
    return change


def stop(token: str, *, device: str, at: datetime) -> EmailChange:
    """Without signing in: sessions end, what is grave waits until agents have settled it. Raise Gone."""
    change, visitor = find(token, at=at), Actor(kind="visitor")
    account = change.account
    with transaction.atomic():
        if not EmailChange.objects.filter(pk=change.pk, stopped_at=None).update(stopped_at=at):
            raise Gone("used")
        freezing.freeze(account, reason=Freeze.Reason.NOT_ME, at=at, until=at + SETTLED_WITHIN, by=visitor)
        line = Line.objects.select_related("payload").get(hash=change.line)
        contesting.contest(account, line, keep=None, device=device, by=visitor, at=at)
    change.refresh_from_db()
    return change


def propose(change: EmailChange, *, by: Account, at: datetime) -> EmailChange:
    """An agent who reached the person proposes to put the old address back. Raise NotProposed where it is no change."""
    with transaction.atomic():
        open_ = EmailChange.objects.filter(pk=change.pk, confirmed_at__isnull=False, reverted_at=None)
        if not open_.update(revert_proposed_by=by, revert_proposed_at=at):
            raise NotProposed
        record(change.account, history.EMAIL_REVERT_PROPOSED, by=by.actor, at=at)
    change.refresh_from_db()
    return change


def grant(change: EmailChange, *, by: Account, at: datetime) -> EmailChange:
    """Another agent grants it: the old address signs in again, after a new password. Raise NotProposed, NeedsAnother
    or Taken."""
    try:
        with transaction.atomic():
            held = EmailChange.objects.select_related("account__person").select_for_update(of=("self",))
            change = held.get(pk=change.pk)
            if change.reverted_at or change.revert_proposed_by_id is None:
                raise NotProposed
            if change.revert_proposed_by_id == by.pk:
                raise NeedsAnother
            _put_back(change, by=by, at=at)
    except IntegrityError:
        raise Taken from None
    return change


def _put_back(change: EmailChange, *, by: Account, at: datetime) -> None:
    account = change.account
    undone = account.email
    account.email = change.old_email
    # Whoever changed the address knew the password.
    account.set_unusable_password()
    account.password_changed_at = at
    account.save(update_fields=["email", "password", "password_changed_at"])
    change.reverted_at, change.reverted_by = at, by
    change.save(update_fields=["reverted_at", "reverted_by"])
    account.email_changes.filter(confirmed_at=None, superseded_at=None).update(superseded_at=at)
    # Its owner said to agents that it is theirs; discreet mode would keep the new password from them.
    ContactChoices.objects.filter(account=account).update(email_is_shared=False)
    end_what_waits(account, at=at)
    sign_out_elsewhere(account, at=at)
    freezing.lift(account, by=by.actor, at=at)
    freezing.freeze(account, reason=Freeze.Reason.EMAIL_CHANGE, at=at, by=by.actor)
    for mailbox, is_back in ((account.email, True), (undone, False)):
        context = {"reverted_at": at.isoformat(), "first_name": account.first_name, "is_back": is_back}
        send("accounts/mail/email_reverted", to=mailbox, context=context, at=at, account_id=account.public_id)
    facts = {"before": undone, "after": account.email}
    record(account, history.EMAIL_REVERTED, by=by.actor, at=at, facts=facts)
