"""What waits, what families reminded us of before the rest, the first due first: tabs, filters, pages by key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.models import Account
from xpassfam.desk.counting import counts
from xpassfam.filings import for_desk
from xpassfam.filings.models import Filing
from xpassfam.filings.states import PENDING
from xpassfam.organisation.models import current
from xpassfam.rules.silence import ADMINISTRATION
from xpassfam.rules.time_limits import Alert

ROWS = 50
FIRST = "a-decider"
HURRIED = "relance"
SILENCE = "silence"
TABS: Mapping[str, str | Promise] = {
    FIRST: _("À décider d’abord"),
    "mes-demandes": _("Mes demandes"),
    "sans-personne": _("Sans personne"),
    "a-confirmer": _("À confirmer"),
    "a-completer": _("À compléter"),
    "reserves": _("Réserves à lever"),
    "sous-5-jours": _("Sous 5 jours"),
    SILENCE: _("Silence sous 15 jours"),
    "contestations": _("Contestations, réclamations"),
    "messages": _("Messages à lire"),
}

ORDERS: Mapping[str, str | Promise] = {
    FIRST: _("d’abord celles que les familles ont relancées, puis la première à rendre"),
    SILENCE: _("d’abord celle que notre silence décidera la première"),
    "": _("la première à rendre d’abord"),
}


@dataclass(frozen=True)
class Key:
    """Where a page ends: the next one begins after it."""

    day: date
    pk: int
    is_hurried: bool = False  # among what comes first: the others follow it

    @classmethod
    def read(cls, text: str) -> Self | None:
        day, _dot, rest = text.partition(".")
        number, _dot, part = rest.partition(".")
        try:
            return cls(date.fromisoformat(day), int(number), part == HURRIED)
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.pk}" + (f".{HURRIED}" if self.is_hurried else "")


@dataclass(frozen=True)
class Filters:
    """What a form asks; nothing: everything that waits."""

    procedure: str = ""
    status: str = ""
    due: str = ""
    who: str = ""

    def __bool__(self) -> bool:
        return any((self.procedure, self.status, self.due, self.who))


@dataclass(frozen=True)
class Page:
    filings: list[Filing]
    following: Key | None


def tabs() -> Mapping[str, str | Promise]:
    """Silence decides for administrations only."""
    is_bound = current().legal_profile == ADMINISTRATION
    return {name: label for name, label in TABS.items() if is_bound or name != SILENCE}


def tab(name: str, agent: Account, *, on: date) -> "QuerySet[Filing]":
    match name:
        case "mes-demandes":
            return for_desk.mine(agent)
        case "sans-personne":
            return for_desk.unassigned()
        case "a-confirmer":
            return for_desk.to_confirm(agent)
        case "a-completer":
            return for_desk.to_complete()
        case "reserves":
            return for_desk.to_lift()
        case "sous-5-jours":
            return for_desk.alerted(Alert.NEAR, on=on)
        case "silence":
            return for_desk.silent_within(Alert.SOON, on=on)
        case "contestations":
            return for_desk.complaints()
        case "messages":
            return for_desk.written_about()
    return for_desk.to_decide()


def filtered(filters: Filters, agent: Account, *, on: date) -> "QuerySet[Filing]":
    found = for_desk.pending()
    if filters.procedure:
        found = found.filter(procedure_version__procedure__code=filters.procedure)
    if filters.status in PENDING:
        found = found.filter(status=filters.status)
    if filters.due:
        found = found.filter(_due(filters.due, on))
    if filters.who == "moi":
        return found.filter(assigned_to=agent)
    if filters.who == "personne":
        return found.filter(assigned_to=None)
    return found.filter(assigned_to__public_id=filters.who) if filters.who else found


def page(filings: "QuerySet[Filing]", after: Key | None, *, view: str = "") -> Page:
    """The rows after one, and where the next page begins. Four queries at most."""
    by = "silence_on" if view == SILENCE else "due_on"
    parts = [filings if after is None else filings.filter(_later(after, by))]
    if view == FIRST:
        parts = _what_comes_first(after)
    found = for_desk.rows(*parts, most=ROWS + 1)
    shown = found[:ROWS]
    last = shown[-1] if len(found) > ROWS else None
    is_hurried = view == FIRST and last is not None and last.hurried_at is not None
    return Page(shown, Key(getattr(last, by), last.pk, is_hurried) if last else None)


def work_of(agent: Account, *, on: date, **besides: Any) -> Mapping[str, int]:
    """How much waits: by tab, late, by alert. One query."""
    return counts(
        agent,
        **{name.replace("-", "_"): tab(name, agent, on=on) for name in tabs()},
        late=for_desk.to_decide().filter(due_on__lt=on),
        today=for_desk.alerted(Alert.TODAY, on=on),
        near=for_desk.alerted(Alert.NEAR, on=on),
        soon=for_desk.alerted(Alert.SOON, on=on),
        **besides,
    )


def _what_comes_first(after: Key | None) -> "list[QuerySet[Filing]]":
    """What families reminded us of, then what is due first: of either, what follows the key."""
    hurried, in_turn = for_desk.hurried(), for_desk.in_turn()
    if after is None:
        return [hurried, in_turn]
    if after.is_hurried:
        return [hurried.filter(_later(after)), in_turn]
    return [in_turn.filter(_later(after))]


def _later(key: Key, by: str = "due_on") -> Q:
    return Q((f"{by}__gte", key.day)) & (Q((f"{by}__gt", key.day)) | Q(pk__gt=key.pk))


def _due(name: str, on: date) -> Q:
    match name:
        case "retard":
            return Q(due_on__lt=on)
        case "aujourdhui":
            return Q(due_on=on)
        case "5-jours":
            return Q(due_on__range=(on, on + timedelta(days=Alert.NEAR)))
    return Q(due_on__range=(on, on + timedelta(days=Alert.SOON)))
