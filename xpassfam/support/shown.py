"""A ticket in words: where it is, until when, what is said on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from xpassfam.organisation import promise
from xpassfam.rules.promises import elapsed
from xpassfam.support.models import Message, Ticket
from xpassfam.support.models.ticket import State
from xpassfam.ui import words
from xpassfam.vault.models import File
from xpassfam.vault.words import sort

HOUR = timedelta(hours=1)


def due_words(at: datetime) -> str:
    """« mercredi 25 novembre à 10 h »."""
    return _("{day} à {time}").format(day=words.day(at), time=words.clock(at))


@dataclass(frozen=True)
class Situation:
    """`kind`: as tags have it."""

    word: str
    kind: str
    icon: str
    sentence: str


def situation(ticket: Ticket, *, at: datetime) -> Situation:
    if ticket.is_closed:
        return Situation(_("Close"), "soft", "circle-check", _("Un message de plus l’ouvre à nouveau."))
    if ticket.state == State.WAITING:
        return Situation(
            _("Réponse à lire"), "ok", "mail", _("Nous vous avons répondu. C’est à vous d’écrire, ou de clore.")
        )
    if ticket.due_at <= at:
        return Situation(_("En retard"), "no", "circle-alert", _("Nous sommes en retard, et l’équipe en est prévenue."))
    promised = _("Réponse avant {due}.").format(due=due_words(ticket.due_at))
    if ticket.assigned_to_id:
        return Situation(_("Nous cherchons"), "info", "clock-3", promised)
    return Situation(_("Reçue"), "info", "clock-3", promised)


@dataclass(frozen=True)
class Gone:
    """How much of the time promised is over, in whole hours."""

    hours: int
    promised: int


def gone(ticket: Ticket, *, at: datetime) -> Gone:
    promised = promise.hours()
    spent = elapsed(ticket.turn_since, at, promise.calendar()) // HOUR
    return Gone(min(spent, promised), promised)


def duration(spent: timedelta) -> str:
    """« 1 jour 6 h », « 5 h 25 min »: a day is one that is worked, of 24 hours."""
    minute = timedelta(minutes=1)
    return words.wait(-(-spent // minute) * minute) if spent < timedelta(days=1) else _days(spent)


def _days(spent: timedelta) -> str:
    hours = spent % timedelta(days=1) // HOUR
    days = words.wait(timedelta(days=spent.days))
    return f"{days} {hours}{words.NBSP}h" if hours else days


@dataclass(frozen=True)
class Attached:
    number: int
    name: str
    sort: str
    file: File


@dataclass(frozen=True)
class Said:
    message: Message
    is_theirs: bool
    who: str
    files: Sequence[Attached]


def said(ticket: Ticket) -> list[Said]:
    """Two queries, however much was said."""
    return [
        Said(
            message=message,
            is_theirs=not message.is_from_us,
            who=message.author or (_("Assistance") if message.is_from_us else _("La personne")),
            files=[Attached(number, file.name, sort(file), file) for number, file in enumerate(message.files.all(), 1)],
        )
        for message in ticket.messages.prefetch_related("files")
    ]
