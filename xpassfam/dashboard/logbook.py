"""The history as people read it: days, who, what, from where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.accounts.history import SIGNED_IN
from xpassfam.journal.models import Line
from xpassfam.journal.pages import Key, Wanted
from xpassfam.journal.reading import sentence, words_of
from xpassfam.ui import words

# What may be asked of the page: the value in the address, its words, what it keeps.
ACTORS = (
    ("", gettext_lazy("Tout le monde"), ()),
    ("moi", gettext_lazy("Vous"), ()),
    ("famille", gettext_lazy("La famille"), ("family",)),
    ("agents", gettext_lazy("Les agents"), ("agent", "administrator")),
    ("systeme", gettext_lazy("Le système"), ("system", "visitor")),
)
SUBJECTS = (
    ("", gettext_lazy("Tout"), ()),
    ("acces", gettext_lazy("Connexions et mot de passe"), ("accounts.",)),
    ("foyer", gettext_lazy("Foyer et profil"), ("people.", "register.", "household.")),
)
PERIODS = (("90", gettext_lazy("3 mois"), 90), ("365", gettext_lazy("1 an"), 365), ("", gettext_lazy("Toujours"), None))
ICONS = {"family": "user-round", "agent": "landmark", "administrator": "landmark"}


@dataclass(frozen=True)
class Row:
    """A line, in words. `key` names it in an address; `may_contest` where « Ce n’est pas moi » makes sense."""

    at: datetime
    who: str
    what: str
    device: str
    icon: str
    key: str
    may_contest: bool


def wanted(asked: QueryDict, *, me: str, at: datetime) -> Wanted:
    """What an address asks for; what it asks wrongly is not asked."""
    days = _chosen(PERIODS, asked.get("depuis", "90"))
    return Wanted(
        kinds=_chosen(SUBJECTS, asked.get("quoi", "")) or (),
        actor_kinds=_chosen(ACTORS, asked.get("qui", "")) or (),
        actor=me if asked.get("qui") == "moi" else "",
        since=at - timedelta(days=days) if days else None,
    )


def filters(asked: QueryDict) -> list[dict[str, Any]]:
    """The three lists of the form, each with its choice."""
    asks = (
        ("qui", _("Par qui"), ACTORS, ""),
        ("quoi", _("Quoi"), SUBJECTS, ""),
        ("depuis", _("Depuis"), PERIODS, "90"),
    )
    return [
        {
            "name": name,
            "label": label,
            "options": [(value, text, value == asked.get(name, default)) for value, text, _kept in choices],
        }
        for name, label, choices, default in asks
    ]


def rows(lines: Iterable[Line], *, me: str) -> list[Row]:
    return [row(line, me=me) for line in lines]


def row(line: Line, *, me: str) -> Row:
    known = words_of(line)
    return Row(
        at=line.at,
        who=_who(line, str(known.get("actor", "")), me=me),
        what=sentence(line),
        device=str(known.get("device", "")),
        icon=ICONS.get(line.actor_kind, "refresh-cw"),
        key=str(Key.of(line)),
        may_contest=line.kind == SIGNED_IN.code,
    )


def by_day(shown: list[Row], *, today: date) -> list[tuple[str, list[Row]]]:
    """« Aujourd’hui, lundi 23 novembre » and its rows, day by day."""
    days = groupby(shown, key=lambda row: timezone.localdate(row.at))
    return [(_named(day, today), list(group)) for day, group in days]


def _chosen(choices: Iterable[tuple[str, Any, Any]], value: str) -> Any:
    return next((kept for name, _text, kept in choices if name == value), None)


def _who(line: Line, name: str, *, me: str) -> str:
    if line.actor and line.actor == me:
        return _("Vous")
    if line.actor_kind in ("agent", "administrator"):
        return _("%(name)s, pour l’organisation") % {"name": name or _("Un agent")}
    if line.actor_kind == "family":
        return name or _("Une personne du foyer")
    return _("Quelqu’un, sans connexion") if line.actor_kind == "visitor" else _("Le système")


def _named(day: date, today: date) -> str:
    if day == today:
        return _("Aujourd’hui, %(day)s") % {"day": words.day(day)}
    if day == today - timedelta(days=1):
        return _("Hier, %(day)s") % {"day": words.day(day)}
    return capfirst(words.day(day))
