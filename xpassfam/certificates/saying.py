"""The facts of a certificate, of what is known today: frozen at issue, compared later with what they would be.

Facts are values (days, cents, codes), without words: `sheets` says them.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from typing import Any

from xpassfam.certificates.kinds import Kind
from xpassfam.certificates.situation import Resident, Situation
from xpassfam.entitlements.coming import What
from xpassfam.entitlements.judging import Verdict
from xpassfam.household import sentences
from xpassfam.people.models import Person
from xpassfam.rules.certificates import may_certify_home, may_certify_own
from xpassfam.rules.income import bracket_of
from xpassfam.rules.names import initials_of
from xpassfam.rules.visibility import CHILD

Facts = dict[str, Any]
WITHOUT_AMOUNT = "without_amount"
UNTIL = "until"  # last days that are in sight: more of them come in sight with time, and nothing has changed
YEARS_BACK = 3


class Why(StrEnum):
    """Why there is nothing to certify."""

    NOT_ALLOWED = "not_allowed"
    FROZEN = "frozen"
    NO_INCOME = "no_income"
    OLD_INCOME = "old_income"
    NO_CHILD = "no_child"
    COUNTING = "counting"
    NO_RIGHT = "no_right"


class Unsayable(Exception):
    """Nothing can be certified, and why."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def all_variants(kind: Kind, *, on: date) -> list[str]:
    """What may be chosen of a kind, the usual first: with or without the amount, a year that has ended."""
    if kind.facts == "bracket":
        return ["", WITHOUT_AMOUNT]
    if kind.facts == "paid":
        return [str(on.year - back) for back in range(1, YEARS_BACK + 1)]
    return [""]


def variants(kind: Kind, situation: Situation) -> list[str]:
    """As above; without brackets there would be nothing to say without the amount."""
    known = all_variants(kind, on=situation.access.on)
    return known if situation.limits else [variant for variant in known if variant != WITHOUT_AMOUNT]


def is_own(kind: Kind, situation: Situation) -> bool:
    """Whether it is about the asker alone: who may not speak for the home, or whose home is frozen."""
    return kind.has_own and not may_certify_home(situation.access, kind.tells)


def say(kind: Kind, situation: Situation, variant: str = "") -> Facts:
    """Raise Unsayable."""
    access = situation.access
    alone = is_own(kind, situation)
    if not (may_certify_own(access) if alone else may_certify_home(access, kind.tells)):
        raise Unsayable(Why.FROZEN if access.is_frozen else Why.NOT_ALLOWED)
    home = {"home": situation.household.name, "file_number": situation.household.file_number}
    asker = {"name": _whole_name(situation.asker)}
    return home | asker | _SAYING[kind.facts](situation, variant, alone)


def digest(facts: Mapping[str, Any]) -> str:
    facts = {name: value for name, value in facts.items() if name != UNTIL}
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _rights(situation: Situation, _variant: str, _alone: bool) -> Facts:
    """Those that are open; what tells of somebody's health is not named. `until`: by code and person, the last day."""
    if situation.rights is None:
        raise Unsayable(Why.COUNTING)
    opened = [one for one in situation.rights.answers if one.answer is Verdict.YES and not one.is_discreet]
    if not opened:
        raise Unsayable(Why.NO_RIGHT)
    ends = {
        f"{turn.code} {turn.person}": event.last_day.isoformat()
        for event in reversed(situation.rights.coming)
        for turn in event.turns
        if turn.what is not What.OPENS
    }
    return {
        "persons": [_person(one) for one in situation.residents],
        "rights": [
            {"code": one.code, "title": one.title, "person": one.person, "whom": one.name, "given": asdict(one.given)}
            for one in opened
        ],
        UNTIL: {key: day for key, day in ends.items() if key in {f"{one.code} {one.person}" for one in opened}},
    }


def _composition(situation: Situation, _variant: str, alone: bool) -> Facts:
    mine = [one for one in situation.residents if one.person.pk == situation.asker.pk]
    address = sentences.address(situation.household).splitlines() if situation.shows_address else []
    return {"persons": [_person(one) for one in (mine if alone else situation.residents)], "address": address}


def _bracket(situation: Situation, variant: str, _alone: bool) -> Facts:
    income = situation.income
    if income is None:
        raise Unsayable(Why.NO_INCOME)
    if situation.income_until and situation.income_until < situation.access.on:
        raise Unsayable(Why.OLD_INCOME)
    limits = situation.limits
    bracket = {"bracket": bracket_of(income.quotient_cents, limits), "of": len(limits) + 1} if limits else {}
    amount = {} if variant == WITHOUT_AMOUNT else {"quotient_cents": income.quotient_cents}
    return {"month": income.month.isoformat(), "source": income.source, **bracket, **amount}


def _paid(situation: Situation, variant: str, _alone: bool) -> Facts:
    year = int(variant)
    rows = [
        {"label": order.label, "on": order.paid_on.isoformat(), "cents": order.amount_cents}
        for order in situation.paid
        if order.paid_on and order.paid_on.year == year
    ]
    return {"year": year, "rows": rows, "cents": sum(order["cents"] for order in rows)}


def _card(situation: Situation, _variant: str, _alone: bool) -> Facts:
    if not any(one.role == CHILD for one in situation.residents):
        raise Unsayable(Why.NO_CHILD)
    return {"persons": [_person(one) | {"born": None} for one in situation.residents]}


_SAYING: Mapping[str, Callable[[Situation, str, bool], Facts]] = {
    "rights": _rights,
    "composition": _composition,
    "bracket": _bracket,
    "paid": _paid,
    "card": _card,
}


def initials(facts: Mapping[str, Any], asker: Person) -> str:
    """« C. M., K. B. »: of those whom it names, else of whom it was given to."""
    pairs = [(one["first_name"], one["last_name"]) for one in facts.get("persons", [])]
    return ", ".join(initials_of(*pair) for pair in pairs or [_names(asker)])[:200]


def _person(one: Resident) -> Facts:
    first, last = _names(one.person)
    return {
        "name": _whole_name(one.person),
        "first_name": first,
        "last_name": last,
        "born": one.born.isoformat() if one.born else None,
        "role": one.role,
        "is_shared": one.is_shared,
        "mark": one.person.mark,
    }


def _names(person: Person) -> tuple[str, str]:
    return person.first_name, person.last_name


def _whole_name(person: Person) -> str:
    return f"{person.first_names} {person.last_name}"
