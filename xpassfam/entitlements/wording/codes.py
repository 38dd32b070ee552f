"""The codes of texts, as whoever writes rules without code reads them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "age": _("l’âge"),
    "age_under": _("l’âge, trop jeune"),
    "age_over": _("l’âge, trop grand"),
    "bracket": _("le quotient familial"),
    "document": _("un document"),
    "activity": _("l’activité"),
    "children": _("le nombre d’enfants"),
    "adults": _("le nombre d’adultes"),
    "count": _("les personnes du foyer"),
    "role": _("la place dans le foyer"),
    "today": _("la saison"),
    "earlier": _("un usage passé"),
    "member": _("l’adhésion"),
    "profile": _("le type d’organisation"),
    "other": _("autre chose"),
}


def in_words(code: str) -> str:
    """The code itself where it has none: a notion's own name."""
    return str(WORDS.get(code, code))
