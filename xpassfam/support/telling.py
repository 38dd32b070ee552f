"""What happens to a ticket is told: to the history of its owner, and by mail to its writer."""

from datetime import datetime
from typing import Any

from xpassfam.accounts import telling as accounts
from xpassfam.journal.actions import Actor
from xpassfam.journal.kinds import Kind
from xpassfam.outbox.actions import send
from xpassfam.support import links
from xpassfam.support.meant import first_name_of, ways_to
from xpassfam.support.models import Ticket


def record(ticket: Ticket, kind: Kind, *, by: Actor | None = None, at: datetime, **more: str) -> None:
    """One line of the history of its owner; none of a ticket that proved nothing. Write it last."""
    if ticket.account_id and ticket.account:
        facts = {"reference": ticket.reference, "title": ticket.title, **more}
        accounts.record(ticket.account, kind, by=by, at=at, device=by.device if by else "", facts=facts)


def mail(ticket: Ticket, template: str, *, at: datetime, **context: Any) -> bool:
    """With a link to its page: one's own for whoever signs in, one that opens it for the others. False where there is
    no address to write to, or none that is theirs alone."""
    ways = ways_to(ticket, at=at)
    if not (to := ways.email):
        return False
    send(
        template,
        to=to,
        context={
            "is_discreet": ways.is_discreet,
            "first_name": first_name_of(ticket),
            "reference": ticket.reference,
            "title": ticket.title,
            "path": links.path_for(ticket, to=to, at=at),
            **context,
        },
        at=at,
        account_id=ticket.account.public_id if ticket.account_id and ticket.account else "",
    )
    return True
