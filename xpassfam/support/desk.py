"""The queue of agents: what waits for us, the least time left first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.organisation import promise
from xpassfam.rules.identifiers import absorb, identify
from xpassfam.rules.promises import elapsed
from xpassfam.rules.references import near_references, normalise_reference
from xpassfam.support import shown
from xpassfam.support.models import Ticket
from xpassfam.support.models.ticket import PREFIX, Proof, State, TicketQuerySet
from xpassfam.ui import words

ROWS = 50
SOON = timedelta(hours=12)


@dataclass(frozen=True)
class Key:
    """Where a page ends: the next one begins after it."""

    at: datetime
    pk: int

    @classmethod
    def read(cls, text: str) -> "Key | None":
        instant, _star, number = text.partition("*")
        try:
            key = cls(datetime.fromisoformat(instant), int(number))
        except ValueError:
            return None
        return key if timezone.is_aware(key.at) else None

    def __str__(self) -> str:
        return f"{self.at.isoformat()}*{self.pk}"


@dataclass(frozen=True)
class Row:
    """`left`: in words, of the hours promised; `kind`: as tags have it; `spent`: of a hundred."""

    ticket: Ticket
    left: str
    kind: str
    due: str
    spent: int


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    following: Key | None


def chosen(filters: Mapping[str, Any], agent: Account) -> TicketQuerySet:
    """What a form asks; nothing: what waits for us."""
    if text := filters.get("q", ""):
        return _searched(text)
    state = filters.get("etat") or State.OPEN
    found = Ticket.objects.filter(merged_into=None, state=state)
    if filters.get("sujet"):
        found = found.filter(topic=filters["sujet"])
    if filters.get("qui"):
        found = found.filter(assigned_to=agent if filters["qui"] == "moi" else None)
    if filters.get("identite"):
        is_none = Q(proof=Proof.NONE)
        found = found.filter(is_none if filters["identite"] == "non" else ~is_none)
    return found


def _searched(text: str) -> TicketQuerySet:
    """By number (one slip away too), by code of an error page, by what its writer typed of who they are."""
    reference = normalise_reference(text, prefix=PREFIX)
    named = {reference} if reference else near_references(text, prefix=PREFIX)
    identifier = identify(text)
    code = absorb(text).upper()
    wanted = Q(reference__in=named) | Q(incident=code) | Q(identifier=identifier.value)
    wanted |= Q(reply_to=identifier.value) | Q(account__person__member_number=identifier.value)
    return Ticket.objects.filter(wanted)


def page(tickets: TicketQuerySet, after: Key | None, *, at: datetime) -> Page:
    """One query."""
    if after:
        tickets = tickets.filter(Q(due_at__gt=after.at) | Q(due_at=after.at, pk__gt=after.pk))
    known = tickets.select_related("account", "assigned_to").order_by("due_at", "pk")[: ROWS + 1]
    found = list(known)
    rows = [row(ticket, at=at) for ticket in found[:ROWS]]
    last = found[ROWS - 1] if len(found) > ROWS else None
    return Page(rows, Key(last.due_at, last.pk) if last else None)


def row(ticket: Ticket, *, at: datetime) -> Row:
    if not ticket.is_ours:
        is_closed = ticket.is_closed
        return Row(ticket, _("Close") if is_closed else _("En pause"), "soft", _("à la personne d’écrire"), 0)
    calendar = promise.calendar()
    left = elapsed(at, ticket.due_at, calendar)
    whole = elapsed(ticket.turn_since, ticket.due_at, calendar)
    spent = round(100 * (1 - left / whole)) if whole else 100
    due = _("avant {due}").format(due=shown.due_words(ticket.due_at))
    if ticket.due_at <= at:
        late = elapsed(ticket.due_at, at, calendar)
        return Row(ticket, _("en retard de {time}").format(time=shown.duration(late)), "no", due, 100)
    kind = "no" if left <= timedelta(hours=1) else "wait" if left <= SOON else "info"
    return Row(ticket, shown.duration(left), kind, due, spent)


def doubles(ticket: Ticket) -> TicketQuerySet:
    """Open tickets of the same writer, known in the same way: they may be one."""
    others = Ticket.objects.unclosed().exclude(pk=ticket.pk).order_by("-received_at")
    if ticket.account_id:
        return others.filter(account=ticket.account_id)
    return others.filter(account=None, identifier=ticket.identifier, reply_to=ticket.reply_to)


def left_of(ticket: Ticket, *, at: datetime) -> str:
    """« dans 5 h 25 min »."""
    return words.wait(max(ticket.due_at - at, timedelta()))
