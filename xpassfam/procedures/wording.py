"""Delays, legal effects and documents as pages say them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xpassfam.procedures.language import Definition
from xpassfam.rules.criteria import ALWAYS
from xpassfam.rules.silence import ADMINISTRATION, Effect
from xpassfam.rules.time_limits import Delay, Unit


def delay_in_words(delay: Delay) -> str:
    """« 5 jours ouvrés », « 2 mois »."""
    texts = {
        Unit.MONTHS: ngettext("{n} mois", "{n} mois", delay.count),
        Unit.WORKING_DAYS: ngettext("{n} jour ouvré", "{n} jours ouvrés", delay.count),
        Unit.DAYS: ngettext("{n} jour", "{n} jours", delay.count),
    }
    return texts[delay.unit].format(n=delay.count)


def silence_in_words(definition: Definition, profile: str) -> str:
    """What the law makes of silence, for the only organisations that it binds.

    Source: CRPA, art. L100-3, L231-1, L231-4.
    """
    rule = definition.silence
    if profile != ADMINISTRATION or rule is None or rule.effect is Effect.NONE:
        return ""
    delay = delay_in_words(rule.delay)
    if rule.effect is Effect.ACCEPTANCE:
        text = _("Sans réponse de notre part après {delay}, votre demande complète est considérée comme acceptée.")
    else:
        text = _("Sans réponse de notre part après {delay}, votre demande est considérée comme refusée.")
    return text.format(delay=delay)


@dataclass(frozen=True)
class PieceInWords:
    """A document to prepare, before anything is answered."""

    label: str
    note: str
    is_optional: bool
    is_conditional: bool


def pieces_in_words(definition: Definition) -> list[PieceInWords]:
    """Those that are always asked for first."""
    told = [
        PieceInWords(
            piece.label,
            f"{piece.why} {_recent(piece.max_age)}".strip(),
            is_optional=not piece.indispensable,
            is_conditional=piece.condition != ALWAYS,
        )
        for piece in definition.pieces
    ]
    return sorted(told, key=lambda piece: piece.is_conditional)


def _recent(max_age: Delay | None) -> str:
    return _("De moins de {age}.").format(age=delay_in_words(max_age)) if max_age else ""
