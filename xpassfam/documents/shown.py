"""Documents as pages show them: whose, since when, good until when, in words."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from xpassfam.documents.kinds import Kind
from xpassfam.documents.models import Document, Verdict
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


def shown(document: Document, *, on: date) -> Shown:
    kind, person = document.described, document.person
    title = _whose(kind.label, person.first_name) if person else kind.label
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


def _whose(kind: str, name: str) -> str:
    whose = _("{kind} d’{person}") if words.elides(name) else _("{kind} de {person}")
    return whose.format(kind=kind, person=name)


def state(document: Document, kind: Kind, *, on: date) -> State:
    until = document.valid_until
    if document.verdict == Verdict.REFUSED:
        return State("no", _("Refusé"))
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
