"""Whoever asked for help goes on: writes, says that it is settled, proves the mailbox, asks for the link again."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts import throttle
from xpassfam.jobs import job
from xpassfam.journal.actions import Actor
from xpassfam.rules.references import normalise_reference
from xpassfam.rules.secrets_in_text import MASK, masked
from xpassfam.support import history, meant, telling
from xpassfam.support.actions import holding_files
from xpassfam.support.holding import hold, turn
from xpassfam.support.models import Message, Ticket, TicketLink
from xpassfam.support.models.ticket import PREFIX, Proof, State

WRITING = throttle.Scope("support_message", free=30, forget=timedelta(days=1), per_window=True)
LOOKING = throttle.Scope("support_look", free=10, forget=timedelta(hours=1), per_window=True)


class TooManyMessages(Exception):
    """`until` says when one may write again on this ticket."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__()


def write(
    ticket: Ticket,
    *,
    text: str,
    spared: Collection[str] = (),
    uploads: Sequence[str] = (),
    form_key: str,
    by: Actor,
    at: datetime,
) -> Message:
    """A message more: a closed ticket opens again. The same form twice is one. Raise TooManyMessages, NotPossible."""
    reserved = throttle.reserve(WRITING, ticket.public_id, at=at)
    said = masked(text, spared=spared)
    with transaction.atomic():
        ticket = hold(ticket)
        if known := ticket.messages.filter(form_key=form_key).first():
            return known
        if not reserved.allowed:
            raise TooManyMessages(reserved.free_at)
        message = ticket.messages.create(
            side=Message.Side.WRITER,
            author=by.name,
            author_id=by.public_id,
            text=said.text,
            is_masked=MASK in said.text,
            sent_at=at,
            form_key=form_key,
        )
        message.files.set(holding_files.hand_over(form_key, uploads))
        turn(ticket, State.OPEN, at=at)
        telling.record(ticket, history.WRITTEN, by=by, at=at)
    return message


def settle(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """« C’est réglé »: twice is once. Raise NotPossible."""
    with transaction.atomic():
        ticket = hold(ticket)
        if not ticket.is_closed:
            turn(ticket, State.CLOSED, at=at, is_closed_by_writer=True)
            telling.record(ticket, history.CLOSED, by=by, at=at)
    return ticket


def read(ticket: Ticket, *, at: datetime) -> None:
    """Its writer has the page open."""
    ticket.messages.exclude(side=Message.Side.WRITER).filter(read_at=None).update(read_at=at)


def may_prove(link: TicketLink) -> bool:
    """Whether whoever holds this link reads the mailbox of the account that the ticket names. One query."""
    ticket = link.ticket
    if ticket.proof != Proof.NONE:
        return False
    account = meant.account_of(ticket)
    return bool(account and account.email == link.email)


def prove(link: TicketLink, *, at: datetime) -> Ticket:
    """From now on the ticket is that account's: its owner finds it there too. Raise NotPossible."""
    with transaction.atomic():
        ticket = hold(link.ticket)
        account = meant.account_of(ticket)
        if ticket.proof == Proof.NONE and account and account.email == link.email:
            ticket.account, ticket.person, ticket.proof = account, account.person, Proof.MAILBOX
            ticket.save(update_fields=["account", "person", "proof"])
            telling.record(ticket, history.PROVED, at=at)
    return ticket


def ask_for_link(reference: str, *, address: str, at: datetime) -> None:
    """The link again, to the mailbox of this ticket; the same work where there is none such."""
    reserved = throttle.reserve(LOOKING, address, at=at)
    normal = normalise_reference(reference, prefix=PREFIX) or ""
    if reserved.allowed:
        with transaction.atomic():
            send_link.enqueue(normal)


@job()
def send_link(reference: str) -> None:
    ticket = Ticket.objects.select_related("account").filter(reference=reference, merged_into=None).first()
    if ticket is None:
        return
    now = timezone.now()
    to = meant.ways_to(ticket, at=now).email
    if to and throttle.reserve(throttle.MAIL, f"support|{to}", at=now).allowed:
        with transaction.atomic():
            telling.mail(ticket, "support/mail/link", at=now)
