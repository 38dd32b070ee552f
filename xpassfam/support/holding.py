"""One ticket at a time: whoever changes it holds it."""

from datetime import datetime
from typing import Any

from xpassfam.organisation import promise
from xpassfam.support.models import Ticket
from xpassfam.support.models.ticket import State

WARN_AT = 0.75  # of the time promised


class NotPossible(Exception):
    """The ticket is closed, or was merged into another: nothing of the kind can be done with it."""


def hold(ticket: Ticket) -> Ticket:
    """In the caller's transaction. Raise NotPossible where it was merged into another."""
    held = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)
    if held.merged_into_id:
        raise NotPossible
    return held


def promised(*, at: datetime) -> dict[str, Any]:
    """The columns of a promise that begins now."""
    return {
        "due_at": promise.due_at(at),
        "warn_at": promise.due_at(at, share=WARN_AT),
        "warned_at": None,
        "told_late_at": None,
    }


def turn(ticket: Ticket, state: State, *, at: datetime, **changed: object) -> None:
    """It waits for somebody else from now on; what waits for us anew is promised anew."""
    if state == State.OPEN and ticket.state != State.OPEN:
        changed |= promised(at=at)
    if state != ticket.state:
        changed |= {"turn_since": at, "closed_at": at if state == State.CLOSED else None}
    if state != State.CLOSED:
        changed["is_closed_by_writer"] = False
    changed["state"] = state
    for name, value in changed.items():
        setattr(ticket, name, value)
    ticket.save(update_fields=list(changed))
