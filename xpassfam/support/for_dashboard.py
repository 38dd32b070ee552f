"""What somebody asked the assistance, until it is settled."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from xpassfam.people.access import FamilyRequest
from xpassfam.people.prepared import PreparedObjects
from xpassfam.rules.visibility import NO_HOME, Viewer
from xpassfam.support.models import Ticket
from xpassfam.support.models.ticket import State
from xpassfam.support.shown import situation
from xpassfam.ui.gathering import Card, Todo

MOST_SHOWN = 3


def todo(request: FamilyRequest, *, at: datetime) -> list[Todo]:
    """Our answers that wait to be read or replied to."""
    return [
        Todo(
            title=_("Réponse de l’assistance : {title}").format(title=ticket.title),
            note=_("Demande d’aide {reference}.").format(reference=ticket.reference),
            link_text=_("Lire la réponse"),
            link_url=reverse("support:ticket", args=[ticket.public_id]),
            icon="life-buoy",
        )
        for ticket in _tickets(request)
        if ticket.state == State.WAITING
    ]


def cards(request: FamilyRequest, *, at: datetime) -> list[Card]:
    tickets = [ticket for ticket in _tickets(request) if ticket.state == State.OPEN]
    if not tickets:
        return []
    lines = [(ticket, situation(ticket, at=at)) for ticket in tickets[:MOST_SHOWN]]
    return [Card("support/family/card.html", {"lines": lines})]


def _tickets(request: FamilyRequest) -> list[Ticket]:
    """Read once for both. One query."""
    known: list[Ticket] | None = getattr(request, "support_tickets", None)
    if known is None:
        known = read(request.access)
        request.support_tickets = known  # type: ignore[attr-defined]
    return known


def read(access: Viewer) -> list[Ticket]:
    return _UNCLOSED.all(person_id=access.person_id)


def _unclosed(*, person_id: int) -> "QuerySet[Ticket]":
    viewer = Viewer(person_id, NO_HOME, date.min)  # whichever home they act for: see `visible_to`
    return Ticket.objects.visible_to(viewer).unclosed().order_by("due_at", "pk")[:20]


_UNCLOSED = PreparedObjects(Ticket, _unclosed)
