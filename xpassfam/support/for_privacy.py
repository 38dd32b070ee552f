"""Calls for help and what was said in them, and what time deletes of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.accounts.models import Account
from xpassfam.documents.for_privacy import reader
from xpassfam.people.access import ActingAccess
from xpassfam.support.actions import forgetting, holding_files, incidents
from xpassfam.support.models import HeldFile, Incident, Ticket
from xpassfam.ui import words
from xpassfam.ui.own_data import Category, Held, Leaf, Part, Rule

if TYPE_CHECKING:
    from xpassfam.support.models.ticket import TicketQuerySet


def categories() -> list[Category]:
    return [
        Category(
            "tickets",
            title=_("Vos demandes d’aide"),
            what=_("Identifiant écrit, messages, fichiers, appareil et navigateur, nos réponses."),
            why=_("Vous dépanner, et tenir le délai promis."),
            kept=_("Un an après la clôture. Un mot de passe ou un code reconnu est caché avant l’enregistrement."),
            seen_by=_("Vous seul, et les agents de l’assistance."),
            source=_("Vous ; votre navigateur pour l’appareil."),
        )
    ]


def _own(account: str) -> "TicketQuerySet":
    """Those proved to be theirs; what a stranger wrote of them is the stranger's."""
    return Ticket.objects.filter(Q(account__public_id=account) | Q(person__account__public_id=account))


def held(account: str, accesses: Sequence[ActingAccess]) -> list[Held]:
    """One query."""
    count = _own(account).filter(merged_into=None).count()
    return [Held(categories()[0], count, (), _("Voir mes demandes d’aide"), reverse("support:tickets"))]


def parts(account: str, accesses: Sequence[ActingAccess]) -> list[Part]:
    """Notes that agents wrote among themselves are given by the person who protects the data: they speak of others."""
    data, lines, files = [], [], []
    for ticket in _own(account).prefetch_related("messages__files").order_by("received_at"):
        said = []
        for number, message in enumerate(ticket.messages.all(), 1):
            leaves = [
                Leaf(f"assistance/{ticket.reference} message-{number} {file.name}", reader(file))
                for file in message.files.all()
            ]
            files += leaves
            said.append(
                {
                    "at": words.iso(message.sent_at),
                    "side": message.side,
                    "author": message.author,
                    "text": message.text,
                    "files": [leaf.path for leaf in leaves],
                }
            )
        data.append(_one(ticket) | {"messages": said})
        day = words.full_day(ticket.received_at)
        lines.append((f"{ticket.title} {ticket.reference}", f"{day}, {ticket.get_state_display()}"))
    return [Part("tickets", data, lines, files)]


def _one(ticket: Ticket) -> dict[str, object]:
    return {
        "reference": ticket.reference,
        "title": ticket.title,
        "topic": ticket.topic,
        "state": ticket.state,
        "identifier": ticket.identifier,
        "reply_to": ticket.reply_to,
        "channel": ticket.channel,
        "phone": ticket.phone,
        "device": ticket.device,
        "browser": ticket.browser,
        "page": ticket.page,
        "tried": ticket.tried,
        "received_at": words.iso(ticket.received_at),
        "closed_at": words.iso(ticket.closed_at) if ticket.closed_at else None,
    }


def erase(persons: Sequence[int], addresses: Sequence[str]) -> int:
    """All that these persons asked, with its files; of what proves nothing, what names an address of theirs alone."""
    others = Account.objects.filter(email__in=addresses).exclude(person__in=persons)
    alone = {one for one in addresses if one} - set(others.values_list("email", flat=True))
    named = Q(identifier__in=alone) | Q(reply_to__in=alone) | Q(links__email__in=alone)
    theirs = Q(person__in=persons) | Q(account__person__in=persons) | Q(account=None, person=None) & named
    return forgetting.destroy_all(Ticket.objects.filter(theirs).distinct())


def _tickets_due(before: datetime, now: datetime) -> int:
    return Ticket.objects.closed_before(before).count()


def _purge_tickets(before: datetime, now: datetime) -> int:
    return forgetting.forget(before=before)


def _files_due(before: datetime, now: datetime) -> int:
    return HeldFile.objects.filter(sent_at__lt=before).count()


def _purge_files(before: datetime, now: datetime) -> int:
    return holding_files.sweep(before=before)


def _incidents_due(before: datetime, now: datetime) -> int:
    return Incident.objects.filter(at__lt=before).count()


def _purge_incidents(before: datetime, now: datetime) -> int:
    return incidents.purge(before=before)


RULES = (
    Rule(
        "tickets",
        gettext_lazy("Demandes d’aide closes, avec leurs messages et leurs fichiers"),
        gettext_lazy("Le temps de répondre, puis de prouver ce qui a été dit"),
        _tickets_due,
        _purge_tickets,
        usual=12, least=3, most=36,
    ),
    Rule(
        "ticket_files",
        gettext_lazy("Fichiers d’une demande d’aide qui n’est pas partie"),
        gettext_lazy("Proportionnalité : le temps de corriger le formulaire"),
        _files_due,
        _purge_files,
        usual=1, least=1, most=1, unit="days",
    ),
    Rule(
        "incidents",
        gettext_lazy("Traces des pages d’erreur, sans rien de ce qui a été tapé"),
        gettext_lazy("Proportionnalité : le temps de comprendre une erreur"),
        _incidents_due,
        _purge_incidents,
        usual=90, least=7, most=90, unit="days",
    ),
)  # fmt: skip
