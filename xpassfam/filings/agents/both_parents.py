"""What each of two parents says, side by side, for whoever decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.filings import agreements
from xpassfam.filings.agreements import Sharing, Standing
from xpassfam.filings.models import Agreement, Filing
from xpassfam.ui import words

TAGS: Mapping[Standing, tuple[str, str, str | Promise]] = {
    Standing.NOT_ASKED: ("wait", "circle-help", gettext_lazy("L’autre parent n’est pas encore interrogé")),
    Standing.WAITED: ("info", "hourglass", gettext_lazy("Réponse attendue")),
    Standing.SILENT: ("wait", "clock-3", gettext_lazy("Pas de réponse")),
    Standing.SAME: ("ok", "circle-check", gettext_lazy("Même choix")),
    Standing.DIFFERENT: ("no", "circle-alert", gettext_lazy("Choix différents")),
    Standing.REFUSED: ("no", "circle-alert", gettext_lazy("Pas d’accord")),
}


@dataclass(frozen=True)
class Both:
    """`kind`, `icon` and `word` are those of a tag. `theirs` is empty as long as the other parent has not answered;
    `may_ask`: one home may be asked, and was not; `nobody`: why none can be.
    """

    kind: str
    icon: str
    word: str
    ours: str
    theirs: str
    other: str
    note: str
    words: str
    may_ask: bool
    nobody: str


def said(filing: Filing, agreement: Agreement | None, *, on: date) -> Both | None:
    """None where the other parent was not to be asked online. No query, or four where nobody was asked yet."""
    if not agreements.is_wanted(filing):
        return None
    standing = agreements.standing(filing, agreement, on=on)
    kind, icon, word = TAGS[standing]
    nobody = _why_nobody(filing, on) if agreement is None else ""
    return Both(
        kind,
        icon,
        str(word),
        ours=_to(agreements.sharing_of(filing)),
        theirs=_theirs(agreement),
        other=str((agreement and (agreement.answered_by or agreement.parent)) or _("L’autre parent")),
        note=_note(agreement),
        words=agreement.words if agreement else "",
        may_ask=agreement is None and not nobody and filing.is_pending,
        nobody=nobody,
    )


def _to(sharing: str) -> str:
    """From the side of whoever filed."""
    return str(
        {
            Sharing.HALF: _("Pour moitié à chaque parent"),
            Sharing.ME: _("Tout au foyer de la demande"),
            Sharing.OTHER: _("Tout à l’autre foyer"),
        }[Sharing(sharing)]
    )


def _theirs(agreement: Agreement | None) -> str:
    if agreement is None or not agreement.answer:
        return ""
    answer = str(agreement.get_answer_display())
    if not agreement.sharing:
        return answer
    return _("{answer} : {sharing}").format(answer=answer, sharing=_to(agreements.mirrored(agreement.sharing)))


def _note(agreement: Agreement | None) -> str:
    if agreement is None:
        return ""
    if agreement.answered_at:
        return _("Réponse donnée {moment}.").format(moment=words.moment(agreement.answered_at))
    return _("Interrogé le {day}, jusqu’au {until}.").format(
        day=words.full_day(agreement.asked_at), until=words.full_day(agreement.until)
    )


def _why_nobody(filing: Filing, on: date) -> str:
    if agreements.whom(filing, on=on):
        return ""
    return _(
        "L’autre foyer de l’enfant n’est pas connu, ou il y en a plusieurs. Demandez un jugement, ou l’accord écrit."
    )
