"""Whom a ticket is about, and where its mails go."""

from datetime import datetime

from xpassfam.accounts.models import Account
from xpassfam.accounts.reaching import Ways, ways_of
from xpassfam.rules.identifiers import identify
from xpassfam.support.models import Ticket


def account_of(ticket: Ticket) -> Account | None:
    """The account of its writer; of one who proved nothing, the account that they name. One query."""
    if ticket.account_id:
        return ticket.account
    return Account.objects.meant_by(identify(ticket.identifier)).first()


def mailbox_of(ticket: Ticket) -> str:
    """Where to write: the account's own where the ticket is proved; else what its writer gave, or the account's."""
    if ticket.account_id and ticket.account:
        return ticket.account.email
    if ticket.reply_to:
        return ticket.reply_to
    account = account_of(ticket)
    return account.email if account else ""


def ways_to(ticket: Ticket, *, at: datetime) -> Ways:
    """The same, where it may be written to: of an account in discreet mode, nothing goes to what another reads."""
    account = account_of(ticket)
    if account and (ticket.account_id or ticket.reply_to in ("", account.email)):
        return ways_of(account, at=at)
    return Ways(ticket.reply_to, "")


def first_name_of(ticket: Ticket) -> str:
    """Only of whom we know to be there: a stranger is not told who has an account."""
    return ticket.account.first_name if ticket.account_id and ticket.account else ""


def hidden(email: str) -> str:
    """« g•••@example.org »."""
    local, _at, domain = email.rpartition("@")
    return f"{local[:1]}•••@{domain}" if local else ""
