"""What accounts show on the dashboard."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.accounts.presence import icon_of, named
from xpassfam.people.access import FamilyRequest
from xpassfam.ui import words
from xpassfam.ui.gathering import Card, Todo

OUTCOMES = {
    "in": gettext_lazy("Connexion réussie"),
    "anew": gettext_lazy("Nouvel appareil"),
    "refused": gettext_lazy("Refusée : accès bloqué"),
    "missed": gettext_lazy("Essai manqué"),
}
KINDS = {"in": "ok", "refused": "no"}


def todo(request: FamilyRequest, *, at: datetime) -> list[Todo]:
    """A closing that its owner asked for, as long as it can be stopped: no query."""
    closes_at = getattr(request.user, "closes_at", None)
    if closes_at is None:
        return []
    note = _("Vos accès seront retirés. Vous pouvez encore changer d’avis.")
    title = _("Votre compte ferme le {day}").format(day=words.short_day(closes_at))
    return [Todo(title, note, _("Garder mon compte"), "/mon-compte/mes-donnees/fermer/", "circle-alert")]


def cards(request: FamilyRequest, *, at: datetime) -> list[Card]:
    """The sign-in before this one, and the tries before it, as the session noted them: no query."""
    previous = request.session.get("previous_sign_in")
    if not previous:
        return [Card("accounts/family/last_sign_in.html")]
    device = previous["label"]
    before = request.session.get("last_sign_ins", [])
    shown = {
        "when": _when(datetime.fromisoformat(previous["at"]), at=at),
        "device": named(device),
        "icon": icon_of(device),
        "others": [_told(one, at=at) for one in before],
        "has_missed": any(one["outcome"] != "in" for one in before),
    }
    return [Card("accounts/family/last_sign_in.html", shown)]


def _told(one: dict[str, str], *, at: datetime) -> dict[str, str]:
    """A try to sign in, in words: when, where, and what came of it."""
    return {
        "when": _when(datetime.fromisoformat(one["at"]), at=at),
        "device": named(one["label"]),
        "outcome": str(OUTCOMES[one["outcome"]]),
        "kind": KINDS.get(one["outcome"], "wait"),
    }


def _when(then: datetime, *, at: datetime) -> str:
    """« Hier à 20 h 41 », « Jeudi 19 novembre à 8 h 12 »."""
    day, today = timezone.localdate(then), timezone.localdate(at)
    if day == today:
        named = _("Aujourd’hui")
    elif day == today - timedelta(days=1):
        named = _("Hier")
    else:
        named = capfirst(words.day(day))
    return _("{day} à {time}").format(day=named, time=words.clock(then))
