"""A promise is not broken in silence: the team is told while it can still be kept, and when it is not."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation

from xpassfam.organisation.models import current
from xpassfam.outbox.actions import send
from xpassfam.support.models import Ticket
from xpassfam.support.models.ticket import State, TicketQuerySet
from xpassfam.support.shown import due_words

MOST_NAMED = 20
STALE_AFTER = timedelta(days=30)
SLICE = 200


def escalate(*, at: datetime) -> None:
    """One mail for all those that came to three quarters of their time, one for all those that are late."""
    _tell(Ticket.objects.to_warn_of(at), "support/mail/soon_due", marked="warned_at", at=at)
    _tell(Ticket.objects.to_tell_as_late(at), "support/mail/late", marked="told_late_at", at=at)


def _tell(tickets: TicketQuerySet, template: str, *, marked: str, at: datetime) -> None:
    with transaction.atomic():
        found = list(tickets.select_related("assigned_to").select_for_update(of=("self",), skip_locked=True))
        if not found:
            return
        Ticket.objects.filter(pk__in=[one.pk for one in found]).update(**{marked: at})
        team = current().support_email
        agents = {one.assigned_to.email for one in found if one.assigned_to and one.assigned_to.is_active}
        for to in sorted({team, *agents} - {""}):
            theirs = found if to == team else [one for one in found if one.assigned_to and one.assigned_to.email == to]
            send(template, to=to, context=_told(theirs), at=at)


def _told(tickets: list[Ticket]) -> dict[str, object]:
    with translation.override(settings.LANGUAGE_CODE):
        lines = [
            {"reference": one.reference, "due": due_words(one.due_at), "path": _page(one)}
            for one in tickets[:MOST_NAMED]
        ]
    return {"count": len(tickets), "lines": lines, "others": max(0, len(tickets) - MOST_NAMED)}


def _page(ticket: Ticket) -> str:
    return f"/gestion/assistance/{ticket.public_id}/"


def close_stale(*, at: datetime) -> int:
    """What waited a month for its writer is closed; they open it again by writing."""
    stale = Ticket.objects.filter(state=State.WAITING, turn_since__lt=at - STALE_AFTER)[:SLICE]
    return Ticket.objects.filter(pk__in=list(stale.values_list("pk", flat=True)), state=State.WAITING).update(
        state=State.CLOSED, closed_at=at, turn_since=at
    )
