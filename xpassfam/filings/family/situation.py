"""Where a filing stands, in words: the same on every page of the family, each status with its sentence."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.filings import parting
from xpassfam.filings.models import Filing
from xpassfam.filings.models.filing import DRAFT_DAYS
from xpassfam.filings.states import DECIDED, Status
from xpassfam.ui import words


@dataclass(frozen=True)
class Situation:
    """`kind` and `icon` are those of a tag; `turn` says whose turn it is."""

    kind: str
    icon: str
    word: str
    sentence: str
    turn: str


TAGS: dict[Status, tuple[str, str]] = {
    Status.DRAFT: ("soft", "pencil"),
    Status.RECEIVED: ("info", "hourglass"),
    Status.UNDER_REVIEW: ("info", "hourglass"),
    Status.COMMITTEE: ("info", "users"),
    Status.AWAITING_APPLICANT: ("wait", "pencil"),
    Status.RECORDED: ("ok", "circle-check"),
    Status.APPROVED: ("ok", "circle-check"),
    Status.APPROVED_UNDER_RESERVE: ("ok", "circle-check"),
    Status.APPROVED_IN_PART: ("ok", "circle-check"),
    Status.REFUSED: ("no", "circle-alert"),
    Status.WITHDRAWN: ("soft", "x"),
    Status.CLOSED: ("soft", "x"),
    Status.EXPIRED: ("soft", "clock-3"),
    Status.REPLACED: ("soft", "refresh-cw"),
}
SENTENCES: dict[Status, str | Promise] = {
    Status.RECEIVED: gettext_lazy("Nous l’avons reçue. Un agent va l’examiner."),
    Status.UNDER_REVIEW: gettext_lazy("Un agent l’examine."),
    Status.COMMITTEE: gettext_lazy("Une commission va l’examiner."),
    Status.AWAITING_APPLICANT: gettext_lazy("Il nous manque quelque chose pour répondre."),
    Status.RECORDED: gettext_lazy("Votre déclaration est enregistrée. Vous n’avez rien d’autre à faire."),
    Status.APPROVED: gettext_lazy("C’est oui."),
    Status.APPROVED_UNDER_RESERVE: gettext_lazy("C’est oui, dès que nous aurons ce qui manque encore."),
    Status.APPROVED_IN_PART: gettext_lazy("C’est oui pour une partie. La décision dit laquelle, et pourquoi."),
    Status.REFUSED: gettext_lazy("C’est non. La décision dit pourquoi, et ce que vous pouvez faire."),
    Status.WITHDRAWN: gettext_lazy("Vous l’avez retirée. Nous ne l’examinons plus."),
    Status.CLOSED: gettext_lazy("Elle s’arrête là, sans décision."),
    Status.EXPIRED: gettext_lazy("Rien n’est arrivé à temps : elle s’est arrêtée. Vous pouvez la reprendre."),
    Status.REPLACED: gettext_lazy("Une correction est acceptée : elle a pris la place de cette demande."),
}


def situation(filing: Filing, *, on: date, is_contested: bool = False) -> Situation:
    status = Status(filing.status)
    kind, icon = TAGS[status]
    if is_contested and status in DECIDED:
        text = _("Vous avez contesté la décision. Une autre personne relit tout.")
        return Situation("info", "scale", _("Contestée"), text, str(Filing.Turn.DESK.label))
    return Situation(kind, icon, _word(filing, status), _sentence(filing, status, on), str(filing.turn.label))


def _word(filing: Filing, status: Status) -> str:
    if status is Status.AWAITING_APPLICANT and filing.due_on:
        return _("À compléter au plus tard le {day}").format(day=words.short_day(filing.due_on))
    if status is Status.COMMITTEE and filing.committee_on:
        return _("En commission le {day}").format(day=words.short_day(filing.committee_on))
    return str(status.label)


def _sentence(filing: Filing, status: Status, on: date) -> str:
    if status is Status.DRAFT:
        until = timezone.localdate(filing.saved_at + timedelta(days=DRAFT_DAYS))
        return _("Rien n’est envoyé. Gardé jusqu’au {day}.").format(day=words.short_day(until))
    if filing.silence_told_at and filing.is_pending:
        return filing.silence_in_words
    if filing.is_late(on=on) and filing.due_on and filing.turn is Filing.Turn.DESK:
        return _("Notre réponse devait arriver le {day}. Elle est en retard.").format(
            day=words.short_day(filing.due_on)
        )
    if status is Status.CLOSED and filing.end_reason:
        return _("Elle s’arrête là, sans décision : {reason}").format(reason=filing.end_reason)
    if parting.is_one(filing):
        return _(
            "Votre déclaration est enregistrée. Le partage reste suspendu jusqu’à ce qu’un agent ait réglé la "
            "séparation."
        )
    return str(SENTENCES[status])
