"""What the public page answers about a code."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.certificates.kinds import kind_of
from xpassfam.certificates.models import Paper, State
from xpassfam.ui import words
from xpassfam.vault.seals import Seal


@dataclass(frozen=True)
class Verdict:
    """`kind` is that of an alert. `rows`: what may be told of the paper, to be compared with it."""

    kind: str
    icon: str
    title: str
    advice: str
    code: str
    checked: str
    rows: list[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """One of those that the page can give, explained beside it."""

    kind: str
    icon: str
    word: str
    means: str


def of(paper: Paper | None, code: str, *, at: datetime) -> Verdict:
    checked = words.moment(at)
    if paper is None:
        advice = _("Comparez chaque signe avec le document. Si le code est bien celui-ci, ne l’acceptez pas.")
        return Verdict(
            "no", "circle-alert", _("Ce code n’est pas celui d’un de nos documents"), advice, code, checked, []
        )
    kind, icon, title, advice = _said(paper, on=timezone.localdate(at))
    return Verdict(kind, icon, title, advice, code, checked, _rows(paper))


def _said(paper: Paper, *, on: date) -> tuple[str, str, str, str]:
    match paper.state(on):
        case State.REVOKED if paper.revoked_at:
            title = _("Ce document a été retiré le {day}").format(day=words.full_day(paper.revoked_at))
            return "no", "circle-alert", title, _("Ne l’acceptez pas.")
        case State.REPLACED if paper.replaced_at:
            title = _("Ce document a été remplacé le {day}").format(day=words.full_day(paper.replaced_at))
            return "wait", "refresh-cw", title, _("Demandez le plus récent.")
        case State.EXPIRED if paper.valid_until:
            title = _("Ce document a expiré le {day}").format(day=words.full_day(paper.valid_until))
            return "wait", "clock-3", title, _("Demandez-en un récent.")
    return "ok", "shield-check", _("Ce document est valable"), _("Comparez ces lignes avec le document reçu.")


def _rows(paper: Paper) -> list[tuple[str, str]]:
    until = words.full_day(paper.valid_until) if paper.valid_until else _("sans date de fin")
    return [
        (_("Document"), kind_of(paper.kind).label),
        (_("Initiales"), paper.initials),
        (_("Établi le"), words.full_day(paper.issued_on)),
        (_("Valable jusqu’au"), until),
    ]


@dataclass(frozen=True)
class OfFile:
    kind: str
    icon: str
    title: str
    advice: str


def of_file(seal: Seal, paper: Paper | None) -> OfFile:
    match seal:
        case Seal.WHOLE:
            title = _("Ce fichier est bien celui que nous avons produit")
            told = _("Rien n’y a été changé.")
            if paper is None:
                told += " " + _("Vérifiez aussi le code écrit en bas de page.")
            return OfFile("ok", "shield-check", title, told)
        case Seal.BROKEN:
            told = _("Ne l’acceptez pas. Demandez à la famille le fichier qu’elle a reçu de nous.")
            return OfFile("no", "circle-alert", _("Ce fichier a été modifié"), told)
    told = _(
        "Une photo, une copie ou un fichier enregistré autrement ne le portent plus. Vérifiez le code écrit dessus."
    )
    return OfFile("wait", "circle-help", _("Ce fichier ne porte pas notre cachet"), told)


def answers() -> list[Answer]:
    return [
        Answer("ok", "circle-check", _("Valable"), _("vous pouvez l’accepter")),
        Answer("wait", "clock-3", _("Expiré"), _("demandez-en un récent")),
        Answer("wait", "refresh-cw", _("Remplacé"), _("un plus récent existe")),
        Answer("no", "x", _("Retiré"), _("ne l’acceptez pas")),
    ]
