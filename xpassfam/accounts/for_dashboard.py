"""What accounts show on the dashboard."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from xpassfam.people.access import FamilyRequest
from xpassfam.ui import words
from xpassfam.ui.gathering import Card, Todo


def todo(request: FamilyRequest, *, at: datetime) -> list[Todo]:
    return []


def cards(request: FamilyRequest, *, at: datetime) -> list[Card]:
    """The sign-in before this one, as the session noted it: no query."""
    previous = request.session.get("previous_sign_in")
    if not previous:
        return [Card("accounts/family/last_sign_in.html")]
    device = previous["label"]
    is_phone = any(word in device for word in ("iPhone", "Android"))
    shown = {
        "when": _when(datetime.fromisoformat(previous["at"]), at=at),
        "device": device or _("Appareil inconnu"),
        "icon": "smartphone" if is_phone else "laptop",
    }
    return [Card("accounts/family/last_sign_in.html", shown)]


def _when(then: datetime, *, at: datetime) -> str:
    """« Hier à 20 h 41 », « Jeudi 19 novembre à 8 h 12 »."""
    day, today = timezone.localdate(then), timezone.localdate(at)
    if day == today:
        named = _("Aujourd’hui")
    elif day == today - timedelta(days=1):
        named = _("Hier")
    else:
        named = capfirst(words.day(day))
    return _("{day} à {time}").format(day=named, time=words.clock(then))
