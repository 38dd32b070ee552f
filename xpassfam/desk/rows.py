"""A filing as a row of a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from xpassfam.filings.agents import situation
from xpassfam.filings.agents.situation import State
from xpassfam.filings.models import Filing
from xpassfam.people.models import Person
from xpassfam.ui import words


@dataclass(frozen=True)
class Row:
    """`due` says how long is left, `due_on` which day; both are empty once it is answered."""

    filing: Filing
    person: Person
    state: State
    due: str
    due_on: str
    is_late: bool
    silence: str
    is_unread: bool
    is_proposed: bool


@dataclass(frozen=True)
class Group:
    """Rows of one urgency; `kind` is that of a tag."""

    kind: str
    title: str
    rows: list[Row]


def row(filing: Filing, *, on: date) -> Row:
    is_due = filing.is_pending and filing.due_on is not None
    return Row(
        filing=filing,
        person=filing.about or filing.filed_by,
        state=situation.state_of(filing),
        due=situation.due_in_words(filing.due_on, on=on) if is_due and filing.due_on else "",
        due_on=words.day(filing.due_on) if is_due and filing.due_on else "",
        is_late=filing.is_late(on=on),
        silence=situation.silence_in_words(filing, on=on),
        is_unread=getattr(filing, "is_unread", False),
        is_proposed=getattr(filing, "is_proposed", False),
    )


def grouped(filings: Iterable[Filing], *, on: date, is_hurried_first: bool = False) -> list[Group]:
    """In their order, under a title each time that the urgency changes."""
    groups: list[Group] = []
    for filing in filings:
        if is_hurried_first and filing.hurried_at:
            kind, title = "no", _("Relancées par les familles")
        elif filing.is_ended:
            kind, title = "soft", _("Déjà répondu")
        else:
            kind, title = _urgency(filing.due_on or on, on)
        if not groups or groups[-1].title != title:
            groups.append(Group(kind, title, []))
        groups[-1].rows.append(row(filing, on=on))
    return groups


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
