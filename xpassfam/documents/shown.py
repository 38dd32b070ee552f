"""Documents as pages show them: whose, since when, good until when, in words."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.documents.kinds import Kind
from xpassfam.documents.models import Document, Verdict
from xpassfam.organisation.models import current
from xpassfam.rules.documents import Lasting
from xpassfam.ui import words

SOON = timedelta(days=30)


@dataclass(frozen=True)
class State:
    """`kind` is that of a tag."""

    kind: str
    text: str
    icon: str = ""


@dataclass(frozen=True)
class Shown:
    document: Document
    title: str
    note: str
    state: State

    @property
    def is_to_renew(self) -> bool:
        """Soon past, or no good: another is useful now."""
        return self.document.may_be_renewed and self.state.kind in ("wait", "no")


def shown(document: Document, *, on: date) -> Shown:
    kind, title = document.described, title_of(document)
    dated = "" if document.issued_on == document.given_at.date() else _("Daté du {day}.")
    note = " ".join(
        filter(
            None,
            [
                dated.format(day=words.short_day(document.issued_on)),
                _("Donné le {day} par {person}.").format(
                    day=words.short_day(document.given_at), person=document.given_by.first_name
                ),
            ],
        )
    )
    return Shown(document, title, note, state(document, kind, on=on))


JUDGED = {
    Verdict.ACCEPTED: gettext_lazy("Accepté le {day} par {name}"),
    Verdict.REFUSED: gettext_lazy("Refusé le {day} par {name}"),
    Verdict.WITHDRAWN: gettext_lazy("Redemandé le {day} par {name}"),
}


def verdict_in_words(document: Document, *, is_for_family: bool) -> str:
    """Families read who checked it where the organisation names its agents; nothing as long as nobody did."""
    told = JUDGED.get(Verdict(document.verdict))
    if told is None or document.is_erased_unchecked or document.verdict_at is None:
        return ""
    name = document.verdict_by if current().agents_are_named or not is_for_family else _("un agent")
    if document.is_destroyed:
        name = _("l’antivirus")
    return str(told).format(day=words.short_day(document.verdict_at), name=name)


def title_of(document: Document) -> str:
    """« Avis d’impôt de Camille »."""
    label = document.described.label
    return _whose(label, document.person.first_name) if document.person else label


def told_title(document: Document) -> str:
    """The same where others may read: of one that is not for all, neither what it is nor whose."""
    return document.told_label if document.is_restricted or document.is_private else title_of(document)


def _whose(kind: str, name: str) -> str:
    whose = _("{kind} d’{person}") if words.elides(name) else _("{kind} de {person}")
    return whose.format(kind=kind, person=name)


def state(document: Document, kind: Kind, *, on: date) -> State:
    until = document.valid_until
    if document.is_replaced:
        return State("soft", _("Remplacé"), "refresh-cw")
    if document.verdict == Verdict.REFUSED:
        return State("no", _("Refusé"))
    if document.is_erased_unchecked:
        return State("soft", _("Effacé sans avoir été vérifié"))
    if document.verdict == Verdict.WITHDRAWN:
        return State("wait", _("À redonner"), "refresh-cw")
    if until and until < on:
        return State("soft", _("Expiré le {day}").format(day=words.short_day(until)), "clock-3")
    if document.verdict == Verdict.PENDING:
        return State("info", _("En cours de vérification"), "hourglass")
    if until and until <= on + SOON:
        return State("wait", _("Expire le {day}").format(day=words.short_day(until)), "clock-3")
    if until:
        return State("ok", _("Valable jusqu’au {day}").format(day=words.short_day(until)))
    if kind.validity.lasting is Lasting.ONCE:
        return State("ok", _("Accepté"))
    return State("ok", _("Valable, sans date de fin"))
