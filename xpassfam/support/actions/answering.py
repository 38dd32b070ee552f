"""Agents answer, note, take, merge, link, close and reopen."""

from datetime import datetime

from django.db import transaction

from xpassfam.accounts.models import Account
from xpassfam.documents.models import Document
from xpassfam.filings.models import Filing
from xpassfam.journal.noting import note as note_once
from xpassfam.rules.secrets_in_text import masked
from xpassfam.support import history, telling
from xpassfam.support.holding import NotPossible, hold, turn
from xpassfam.support.models import Message, Note, Ticket
from xpassfam.support.models.ticket import State


class CannotMerge(Exception):
    """Two tickets of different persons, or one that was merged already: what one says is not the other's to read."""


def answer(ticket: Ticket, *, text: str, closes: bool, form_key: str, by: Account, at: datetime) -> Message:
    """What the writer reads on the ticket's page; a mail tells them of it. The same form twice is one.

    Raise NotPossible.
    """
    said = masked(text)
    with transaction.atomic():
        ticket = hold(ticket)
        if known := ticket.messages.filter(form_key=form_key).first():
            return known
        message = ticket.messages.create(
            side=Message.Side.DESK,
            author=str(by),
            author_id=by.public_id,
            text=said.text,
            is_masked=bool(said.secrets),
            sent_at=at,
            form_key=form_key,
        )
        first = ticket.first_answered_at or at
        agent = ticket.assigned_to or by
        turn(
            ticket,
            State.CLOSED if closes else State.WAITING,
            at=at,
            first_answered_at=first,
            assigned_to=agent,
        )
        telling.mail(ticket, "support/mail/answered", at=at, is_closed=closes)
        telling.record(ticket, history.ANSWERED, by=by.actor, at=at)
    return message


def note(ticket: Ticket, *, text: str, by: Account, at: datetime) -> Note:
    """Among agents. A password has no place there either."""
    with transaction.atomic():
        return ticket.notes.create(author=str(by), author_id=by.public_id, text=masked(text).text, written_at=at)


def take(ticket: Ticket, *, by: Account) -> Ticket:
    with transaction.atomic():
        ticket = hold(ticket)
        ticket.assigned_to = by
        ticket.save(update_fields=["assigned_to"])
    return ticket


def close(ticket: Ticket, *, by: Account, at: datetime) -> Ticket:
    """Without an answer more. Raise NotPossible where nobody answered yet: a promise is not kept by closing."""
    with transaction.atomic():
        ticket = hold(ticket)
        if ticket.first_answered_at is None:
            raise NotPossible
        if not ticket.is_closed:
            turn(ticket, State.CLOSED, at=at)
            telling.record(ticket, history.CLOSED, by=by.actor, at=at)
    return ticket


def reopen(ticket: Ticket, *, by: Account, at: datetime) -> Ticket:
    with transaction.atomic():
        ticket = hold(ticket)
        if ticket.is_closed:
            turn(ticket, State.OPEN, at=at)
            telling.record(ticket, history.REOPENED, by=by.actor, at=at)
    return ticket


def may_merge(ticket: Ticket, into: Ticket) -> bool:
    """Of one person, known in the same way: a stranger who names an account reads nothing of its owner's ticket."""
    if ticket.pk == into.pk or ticket.merged_into_id or into.merged_into_id:
        return False
    if ticket.account_id or into.account_id:
        return ticket.account_id == into.account_id
    return ticket.identifier == into.identifier and ticket.reply_to == into.reply_to


def merge(ticket: Ticket, *, into: Ticket, by: Account, at: datetime) -> Ticket:
    """Its messages and notes go to the other, whose promise is the earlier of both. Raise CannotMerge, NotPossible."""
    with transaction.atomic():
        first, second = sorted((ticket, into), key=lambda one: one.pk)
        held = {one.pk: one for one in (hold(first), hold(second))}
        ticket, into = held[ticket.pk], held[into.pk]
        if not may_merge(ticket, into):
            raise CannotMerge
        Message.objects.filter(ticket=ticket).update(ticket=into)
        Note.objects.filter(ticket=ticket).update(ticket=into)
        for name in ("received_at", "first_due_at", "due_at", "warn_at"):
            setattr(into, name, min(getattr(into, name), getattr(ticket, name)))
        if ticket.is_ours and not into.is_ours:
            turn(into, State.OPEN, at=at)
        into.save()
        ticket.merged_into = into
        if not ticket.is_closed:
            ticket.state, ticket.closed_at = State.CLOSED, at
        ticket.save()
        answering = by if into.assigned_to is None else into.assigned_to
        Ticket.objects.filter(pk=into.pk).update(assigned_to=answering)
    return into


def link(ticket: Ticket, *, about: Filing | Document, by: Account, at: datetime) -> Ticket:
    """To the request or the document that it is about; one of each. Raise NotPossible."""
    with transaction.atomic():
        ticket = hold(ticket)
        if isinstance(about, Document):
            ticket.document, kind, facts = about, history.LINKED_TO_DOCUMENT, {}
        else:
            ticket.filing, kind, facts = about, history.LINKED_TO_FILING, {"filing": str(about.reference)}
        ticket.save(update_fields=["filing", "document"])
        telling.record(ticket, kind, by=by.actor, at=at, **facts)
    return ticket


def open_file(ticket: Ticket, *, by: Account, at: datetime) -> None:
    """An agent reads it: that is in its owner's history, once an hour. The desk has read what was written."""
    ticket.messages.filter(side=Message.Side.WRITER, read_at=None).update(read_at=at)
    account = ticket.account
    if account:
        note_once(
            history.READ,
            by=by.actor,
            at=at,
            account=account.public_id,
            person=account.person.public_id if account.person else "",
            facts={"reference": ticket.reference},
        )
