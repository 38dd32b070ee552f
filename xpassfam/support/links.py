"""The address of a ticket in a mail: closed to others for whoever can sign in, a secret for whoever can't."""

from datetime import datetime, timedelta

from django.urls import reverse

from xpassfam.accounts import tokens
from xpassfam.accounts.reaching import ways_of
from xpassfam.support.models import Ticket, TicketLink
from xpassfam.support.models.ticket import Proof

GOOD_FOR = timedelta(days=90)


def path_for(ticket: Ticket, *, to: str, at: datetime) -> str:
    """In the caller's transaction. Whoever proved their mailbox alone may still be unable to sign in."""
    if ticket.proof == Proof.SIGNED_IN:
        return reverse("support:ticket", args=[ticket.public_id])
    token = tokens.new_token()
    TicketLink.objects.create(
        ticket=ticket, digest=tokens.digest(token), email=to, created_at=at, expires_at=at + GOOD_FOR
    )
    return reverse("support:followed", args=[token])


def find(token: str, *, at: datetime) -> TicketLink | None:
    """The link, and its ticket (that into which it was merged); None where it is unknown or has expired."""
    known = TicketLink.objects.select_related("ticket__account__person", "ticket__merged_into__account__person")
    link = known.filter(digest=tokens.digest(token), expires_at__gt=at).first()
    if link is None:
        return None
    link.ticket = link.ticket.merged_into or link.ticket
    account = link.ticket.account
    # The mailbox that an account left, or that another reads, opens nothing of it any more.
    return link if account is None or ways_of(account, at=at).email == link.email else None
