"""A filing as a row of a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from xpassfam.desk.queue import FIRST, SILENCE
from xpassfam.filings.agents import situation
from xpassfam.filings.agents.situation import Silence, State
from xpassfam.filings.models import Filing
from xpassfam.people.models import Person
from xpassfam.rules.time_limits import Alert
from xpassfam.ui import words


@dataclass(frozen=True)
class Row:
    """`due` says how long is left, `due_on` which day: before the answer that was promised or, among what our silence
    decides, before it does. Both are empty once it is answered.
    """

    filing: Filing
    person: Person
    state: State
    due: str
    due_on: str
    is_late: bool
    silence: Silence | None
    is_unread: bool
    is_proposed: bool


@dataclass(frozen=True)
class Group:
    """Rows of one urgency; `kind` is that of a tag."""

    kind: str
    title: str
    rows: list[Row]


def row(filing: Filing, *, on: date, view: str = "") -> Row:
    day = filing.silence_on if view == SILENCE else filing.due_on
    is_due = filing.is_pending and day is not None
    return Row(
        filing=filing,
        person=filing.about or filing.filed_by,
        state=situation.state_of(filing),
        due=situation.due_in_words(day, on=on) if is_due and day else "",
        due_on=words.day(day) if is_due and day else "",
        is_late=filing.is_late(on=on),
        silence=situation.silence_of(filing, on=on),
        is_unread=getattr(filing, "is_unread", False),
        is_proposed=getattr(filing, "is_proposed", False),
    )


def grouped(filings: Iterable[Filing], *, on: date, view: str = "") -> list[Group]:
    """In their order, under a title each time that the urgency changes."""
    groups: list[Group] = []
    for filing in filings:
        if view == SILENCE:
            kind, title = _nearness(filing.silence_on or on, on)
        elif view == FIRST and filing.hurried_at:
            kind, title = "no", _("Relancées par les familles")
        elif filing.is_ended:
            kind, title = "soft", _("Déjà répondu")
        else:
            kind, title = _urgency(filing.due_on or on, on)
        if not groups or groups[-1].title != title:
            groups.append(Group(kind, title, []))
        groups[-1].rows.append(row(filing, on=on, view=view))
    return groups


def _nearness(silent: date, on: date) -> tuple[str, str]:
    """Of a silence."""
    if silent < on:
        return "no", _("Silence passé")
    if silent == on:
        return "no", _("Ce soir")
    if silent <= on + timedelta(days=Alert.NEAR):
        return "wait", _("Sous 5 jours")
    return "info", _("Sous 15 jours")


def _urgency(due: date, on: date) -> tuple[str, str]:
    if due < on:
        return "no", _("En retard")
    if due == on:
        return "wait", _("Aujourd’hui, {day}").format(day=words.day(on))
    if due == on + timedelta(days=1):
        return "info", _("Demain, {day}").format(day=words.day(due))
    return ("soft", _("Cette semaine")) if due <= _sunday(on) else ("soft", _("Plus tard"))


def _sunday(on: date) -> date:
    return on + timedelta(days=6 - on.weekday())
