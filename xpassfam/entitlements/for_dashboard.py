"""What a family's first page says of its rights: what is open, and what comes. One query, of what was last counted."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xpassfam.entitlements.coming import Event, seen_by
from xpassfam.entitlements.judging import Verdict
from xpassfam.entitlements.kept import Kept, answers_for, load_answers, load_events
from xpassfam.entitlements.models import Evaluation
from xpassfam.entitlements.wording.answers import given_in_words
from xpassfam.entitlements.wording.coming import lines_of, title_of, wait_of
from xpassfam.people.access import FamilyRequest
from xpassfam.people.prepared import PreparedForViewer
from xpassfam.rules.visibility import Viewer
from xpassfam.ui import words
from xpassfam.ui.gathering import Card, Todo

MOST_SHOWN = 4


@dataclass(frozen=True)
class Open:
    """A right, for whom, how much."""

    title: str
    names: str
    amount: str


@dataclass(frozen=True)
class Next:
    """What comes first."""

    title: str
    when: str
    lines: list[str]


def todo(request: FamilyRequest, *, at: datetime) -> list[Todo]:
    return []


def cards(request: FamilyRequest, *, at: datetime) -> list[Card]:
    """None before the home is counted, a minute after it came."""
    access = request.access
    rows = _ROWS.rows(access)
    if not rows or not rows[0][0]:
        return []
    answers, coming = rows[0]
    known = answers_for(access, load_answers(answers), person=access.person)
    events = seen_by(load_events(coming), access, person=access.person)
    opened = _opened(known)
    next_one = next((one for one in events if one.on > access.on and one.turns), None)
    context = {
        "count": len(opened),
        "rights": opened[:MOST_SHOWN],
        "next": _next(next_one, access) if next_one else None,
    }
    return [Card("entitlements/card.html", context)] if known else []


def _rows(viewer: Viewer) -> "QuerySet[Evaluation, Any]":
    return Evaluation.objects.visible_to(viewer).values_list("answers", "coming")


_ROWS = PreparedForViewer(_rows, spared=frozenset(("person_id", "on")))


def _opened(answers: list[Kept]) -> list[Open]:
    """What is worth a sum first."""
    yes = sorted((one for one in answers if one.answer is Verdict.YES), key=lambda one: one.code)
    groups = [list(group) for _code, group in groupby(yes, key=lambda one: one.code)]
    groups.sort(key=lambda group: not given_in_words(group[0].given))
    return [_open(group) for group in groups]


def _open(group: list[Kept]) -> Open:
    amounts = list(dict.fromkeys(text for one in group if (text := given_in_words(one.given))))
    names = ", ".join(one.name for one in group if one.name)
    return Open(group[0].title, names or _("Tout le foyer"), _(" ou ").join(amounts))


def _next(event: Event, access: Viewer) -> Next:
    when = f"{words.short_day(event.on)}, {wait_of(event, access.on)}"
    return Next(title_of(event), when, lines_of(event))
