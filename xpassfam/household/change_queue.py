"""The agents' queue of changes: the oldest first, key-based pages. Values are read on a change's own page, which the
family's history tells.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xpassfam.household.fields import FIELDS, readable
from xpassfam.household.models import Change
from xpassfam.people.actions.correcting import texts_of
from xpassfam.people.models import Household

ROWS = 50


@dataclass(frozen=True)
class Row:
    change: Change
    label: str
    age: str


def page(after: Change | None) -> tuple[list[Row], Change | None]:
    """The rows that wait after one of them, and the last row where more follow. One query."""
    waiting = _with_words(Change.objects.pending()).order_by("asked_at", "pk")
    if after:
        waiting = waiting.filter(Q(asked_at__gt=after.asked_at) | Q(asked_at=after.asked_at, pk__gt=after.pk))
    found = list(waiting[: ROWS + 1])
    shown, today = found[:ROWS], timezone.localdate()
    return [_row(change, today) for change in shown], shown[-1] if len(found) > ROWS else None


def waiting_in(household: Household, *, on: date) -> list[Row]:
    """What a family waits for, the oldest first, without the values. One query."""
    waiting = _with_words(Change.objects.pending().filter(household=household)).order_by("asked_at", "pk")
    return [_row(change, on) for change in waiting]


def waiting_count() -> int:
    return Change.objects.pending().count()


def every() -> "QuerySet[Change]":
    return _with_words(Change.objects.order_by("pk"))


@dataclass(frozen=True)
class Comparison:
    """What is known today, what was known when the family asked, what it asks."""

    label: str
    now: str
    then: str
    asked: str

    @property
    def has_moved(self) -> bool:
        return self.now != self.then


def comparison(change: Change) -> Comparison:
    field = FIELDS[change.field]
    now = texts_of(change.person or change.household, field.name)
    nothing = _("Rien")
    return Comparison(
        label=str(field.label),
        now=readable(field, now) or nothing,
        then=readable(field, change.before) or nothing,
        asked=readable(field, change.after) or nothing,
    )


def _with_words(changes: "QuerySet[Change]") -> "QuerySet[Change]":
    return changes.select_related("household", "person", "asked_by")


def _row(change: Change, today: date) -> Row:
    return Row(
        change=change,
        label=str(FIELDS[change.field].label),
        age=_age(change.asked_at, today),
    )


def _age(asked_at: datetime, today: date) -> str:
    days = (today - timezone.localdate(asked_at)).days
    return ngettext("depuis {n} jour", "depuis {n} jours", days).format(n=days) if days else _("aujourd’hui")
