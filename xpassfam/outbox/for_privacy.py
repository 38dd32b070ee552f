"""Mails and SMS sent to a person, and what time deletes of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.jobs.slices import delete_by_slices
from xpassfam.outbox.models import Message
from xpassfam.ui import words
from xpassfam.ui.own_data import Category, Held, Part, Rule

DONE = (Message.State.SENT, Message.State.FAILED)


def categories() -> list[Category]:
    return [
        Category(
            "mails",
            title=_("Les e-mails et les SMS que nous vous envoyons"),
            what=_("Adresse ou numéro, sujet, date d’envoi. Le texte est effacé dès l’envoi."),
            why=_("Savoir si un message est parti, et vous aider s’il n’arrive pas."),
            kept=_("30 jours."),
            seen_by=_("Notre service de messagerie."),
            source=_("Ce qui se passe dans votre dossier."),
        )
    ]


def held(account: str, accesses: Sequence[Any]) -> list[Held]:
    return [Held(categories()[0], Message.objects.filter(account=account).count())]


def parts(account: str, accesses: Sequence[Any]) -> list[Part]:
    sent = list(Message.objects.filter(account=account).order_by("created_at"))
    data = [
        {
            "channel": one.channel,
            "to": one.to,
            "about": one.template.rpartition("/")[2],
            "state": one.state,
            "at": words.iso(one.created_at),
        }
        for one in sent
    ]
    lines = [(words.full_day(one.created_at), f"{one.readable_to}, {one.get_state_display().lower()}") for one in sent]
    return [Part("mails", data, lines)]


def erase(accounts: Sequence[str], addresses: Sequence[str]) -> int:
    """What was to leave or had left for these accounts and addresses."""
    mine = Message.objects.filter(account__in=[one for one in accounts if one])
    return delete_by_slices(mine) + delete_by_slices(Message.objects.filter(to__in=[one for one in addresses if one]))


def _done(before: datetime) -> Any:
    return Message.objects.filter(state__in=DONE, created_at__lt=before)


def _due(before: datetime, now: datetime) -> int:
    return int(_done(before).count())


def _purge(before: datetime, now: datetime) -> int:
    return delete_by_slices(_done(before))


RULES = (
    Rule(
        "mails",
        gettext_lazy("E-mails et SMS partis ou abandonnés"),
        gettext_lazy("Proportionnalité : le temps de dire si un message est parti"),
        _due,
        _purge,
        usual=30, least=7, most=90, unit="days",
    ),
)  # fmt: skip
