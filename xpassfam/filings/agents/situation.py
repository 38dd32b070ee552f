"""Where a filing stands, in the words of those who handle it: the family's own words are for the family."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xpassfam.accounts.models import Account
from xpassfam.filings.holding import NeedsAnother
from xpassfam.filings.models import Decision, Filing, Piece
from xpassfam.filings.states import Status
from xpassfam.rules.time_limits import Alert, alert_on
from xpassfam.ui import words

STATUSES: Final[Mapping[str, tuple[str, str, str | Promise]]] = {
    Status.DRAFT: ("soft", "circle", gettext_lazy("Brouillon")),
    Status.RECEIVED: ("info", "mail", gettext_lazy("Reçue")),
    Status.UNDER_REVIEW: ("info", "eye", gettext_lazy("En cours d’examen")),
    Status.COMMITTEE: ("info", "users", gettext_lazy("En commission")),
    Status.AWAITING_APPLICANT: ("wait", "hourglass", gettext_lazy("À compléter")),
    Status.RECORDED: ("ok", "circle-check", gettext_lazy("Enregistrée")),
    Status.APPROVED: ("ok", "circle-check", gettext_lazy("Validée")),
    Status.APPROVED_UNDER_RESERVE: ("wait", "hourglass", gettext_lazy("Validée sous réserve")),
    Status.APPROVED_IN_PART: ("ok", "circle-check", gettext_lazy("Validée en partie")),
    Status.REFUSED: ("no", "circle-alert", gettext_lazy("Refusée")),
    Status.WITHDRAWN: ("soft", "x", gettext_lazy("Retirée par la famille")),
    Status.CLOSED: ("soft", "x", gettext_lazy("Classée sans suite")),
    Status.EXPIRED: ("soft", "clock-3", gettext_lazy("Délai dépassé")),
    Status.REPLACED: ("soft", "refresh-cw", gettext_lazy("Remplacée par sa correction")),
}
OUTCOMES: Final[Mapping[str, str | Promise]] = {
    Decision.Outcome.APPROVED: gettext_lazy("Demande validée"),
    Decision.Outcome.UNDER_RESERVE: gettext_lazy("Demande validée sous réserve"),
    Decision.Outcome.IN_PART: gettext_lazy("Demande validée en partie"),
    Decision.Outcome.REFUSED: gettext_lazy("Demande refusée"),
}


@dataclass(frozen=True)
class State:
    """`kind` and `icon` are those of a tag; `turn`: who has to act."""

    kind: str
    icon: str
    text: str
    turn: str


@dataclass(frozen=True)
class Silence:
    """How near our silence is to decide; `kind` and `icon` are those of a tag."""

    kind: str
    icon: str
    text: str


# That accepts, that refuses.
_NEAR: Final[Mapping[Alert, tuple[str, str, str | Promise, str | Promise]]] = {
    Alert.TODAY: (
        "no",
        "circle-alert",
        gettext_lazy("Sera acceptée par silence ce soir"),
        gettext_lazy("Sera refusée par silence ce soir"),
    ),
    Alert.NEAR: (
        "wait",
        "hourglass",
        gettext_lazy("Sera acceptée par silence sous 5 jours"),
        gettext_lazy("Sera refusée par silence sous 5 jours"),
    ),
    Alert.SOON: (
        "info",
        "clock-3",
        gettext_lazy("Sera acceptée par silence sous 15 jours"),
        gettext_lazy("Sera refusée par silence sous 15 jours"),
    ),
}


def state_of(filing: Filing) -> State:
    kind, icon, text = STATUSES[filing.status]
    return State(kind, icon, str(text), _turn(filing))


def due_in_words(day: date, *, on: date) -> str:
    """« 1 jour de retard », « Aujourd’hui », « Demain », « Dans 3 jours »."""
    left = (day - on).days
    if left < 0:
        return ngettext("{n} jour de retard", "{n} jours de retard", -left).format(n=-left)
    if left == 0:
        return _("Aujourd’hui")
    return _("Demain") if left == 1 else _("Dans {n} jours").format(n=left)


def silence_in_words(filing: Filing, *, on: date) -> str:
    """What the law made, or is about to make, of our silence; nothing as long as it is far, or as it has no effect.

    Source: CRPA, art. L231-1, L231-4.
    """
    if not filing.is_pending or filing.silence_on is None:
        return ""
    day = words.full_day(filing.silence_on)
    if filing.is_past_silence(on=on):
        said = _("Acceptée par silence depuis le {day}"), _("Refusée par silence depuis le {day}")
    elif alert_on(on, due=filing.silence_on) in (Alert.SOON, Alert.NEAR, Alert.TODAY):
        said = _("Sera acceptée par silence le {day}"), _("Sera refusée par silence le {day}")
    else:
        return ""
    return said[filing.silence_effect != "acceptance"].format(day=day)


def silence_of(filing: Filing, *, on: date) -> Silence | None:
    """Shorter, for a row. None where there is nothing to say."""
    if not filing.is_pending or filing.silence_on is None:
        return None
    if filing.is_past_silence(on=on):
        return Silence("no", "circle-alert", silence_in_words(filing, on=on))
    alert = alert_on(on, due=filing.silence_on)
    if alert is None:
        return None
    kind, icon, accepts, refuses = _NEAR[alert]
    return Silence(kind, icon, str(accepts if filing.silence_effect == "acceptance" else refuses))


def said_since(piece: Piece) -> str:
    """The latest that was said of a piece, for whoever judged it from a page that is behind."""
    document = piece.document
    if piece.replaced_at:
        return _("La famille a donné une autre pièce à la place de celle-ci. Regardez la nouvelle.")
    if piece.judged_at and piece.is_judged_last_here:
        who, at, what, why = piece.judged_by, piece.judged_at, piece.get_verdict_display(), piece.explanation
    elif document.verdict_at:
        who, at, what, why = document.verdict_by, document.verdict_at, document.get_verdict_display(), document.reason
    else:
        return _("Votre page n’est plus à jour.")
    told = _("{who} a dit de cette pièce, {when} : « {what} ».").format(who=who, when=words.moment(at), what=what)
    return f"{told} {why}".strip()


def another_in_words(needs: NeedsAnother, reader: Account) -> str:
    """Why it is somebody else's, for the agent who is refused, or who chose one that is."""
    if not needs.is_contest and needs.agent == reader:
        return _("Vous avez pris la décision qui a été retirée : quelqu’un d’autre doit examiner cette demande.")
    if not needs.is_contest:
        return _(
            "La personne choisie a pris la décision qui a été retirée : quelqu’un d’autre doit examiner cette demande."
        )
    if needs.agent == reader:
        return _("Vous avez pris la décision contestée : quelqu’un d’autre doit examiner la contestation.")
    return _("Cette demande conteste une décision de la personne choisie : quelqu’un d’autre doit l’examiner.")


def _turn(filing: Filing) -> str:
    if filing.status == Status.APPROVED_UNDER_RESERVE:
        return _("Réserve à lever")
    if filing.turn == Filing.Turn.NOBODY:
        return _("Terminé")
    if filing.turn == Filing.Turn.FAMILY:
        return _("À la famille")
    if filing.status == Status.COMMITTEE and filing.committee_on:
        return _("Commission du {day}").format(day=words.short_day(filing.committee_on))
    return _("À nous")
