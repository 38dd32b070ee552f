"""Whether a condition holds, and what decided. Three values: what is not known is neither yes nor no."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any as Whatever

from xpassfam.rules.ages import age_on
from xpassfam.rules.criteria.atoms import (
    EACH,
    ME,
    TODAY,
    Adults,
    Age,
    Answer,
    Atom,
    Bracket,
    Children,
    Day,
    Frozen,
    LegalProfile,
    Permission,
    Role,
    Today,
)
from xpassfam.rules.criteria.situations import Situation, Someone
from xpassfam.rules.criteria.trees import All, Any, Criterion, Not
from xpassfam.rules.visibility import CHILD


class Truth(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @property
    def opposite(self) -> "Truth":
        return {Truth.YES: Truth.NO, Truth.NO: Truth.YES}.get(self, self)


@dataclass(frozen=True)
class Trace:
    """A condition, what came out, and the same for each of its parts."""

    criterion: Criterion
    truth: Truth
    parts: tuple["Trace", ...] = ()

    @property
    def holds(self) -> bool:
        return self.truth is Truth.YES


@dataclass(frozen=True)
class Reason:
    """One thing that decided. `code` names it for whoever writes the sentence: « children_too_few »."""

    code: str
    atom: Atom
    truth: Truth


def evaluate(criterion: Criterion, situation: Situation) -> Trace:
    if isinstance(criterion, All | Any):
        parts = tuple(evaluate(part, situation) for part in criterion.parts)
        together = every if isinstance(criterion, All) else some
        return Trace(criterion, together(part.truth for part in parts), parts)
    if isinstance(criterion, Not):
        inner = evaluate(criterion.part, situation)
        return Trace(criterion, inner.truth.opposite, (inner,))
    return Trace(criterion, _judge(criterion, situation))


def every(truths: Iterable[Truth]) -> Truth:
    seen = set(truths)
    return Truth.NO if Truth.NO in seen else Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.YES


def some(truths: Iterable[Truth]) -> Truth:
    return every(truth.opposite for truth in truths).opposite


def deciding(trace: Trace) -> tuple[Reason, ...]:
    """What made it come out so: of several that all had to hold, those that did not."""
    if isinstance(trace.criterion, Not):
        return deciding(trace.parts[0])
    if not isinstance(trace.criterion, All | Any):
        return (Reason(_code(trace.criterion, trace.truth), trace.criterion, trace.truth),)
    decided = [part for part in trace.parts if part.truth is trace.truth]
    return tuple(dict.fromkeys(reason for part in decided for reason in deciding(part)))


def _judge(atom: Atom, situation: Situation) -> Truth:
    match atom:
        case Age():
            return _age(atom, situation)
        case Role(one_of, of):
            return every_named(_truth(one.role in one_of) if one else Truth.UNKNOWN for one in who(of, situation))
        case Children():
            return _children(atom, situation)
        case Adults(at_least, at_most):
            count = sum(one.role != CHILD for one in situation.persons.values())
            return _truth(_is_within(count, at_least, at_most))
        case Bracket(one_of):
            return _truth(situation.bracket in one_of) if situation.bracket else Truth.UNKNOWN
        case Today(since, until):
            day = (situation.today.month, situation.today.day)
            first, last = (since.month, since.day), (until.month, until.day)
            return _truth(first <= day <= last if first <= last else day >= first or day <= last)
        case LegalProfile(one_of):
            return _truth(situation.profile in one_of) if situation.profile else Truth.UNKNOWN
        case Permission(act):
            return _truth(act in situation.acts)
        case Frozen(is_frozen):
            return _truth(situation.is_frozen == is_frozen)
        case Answer():
            return _answer(atom, situation)


def who(of: str, situation: Situation) -> list[Someone | None]:
    """The persons that an atom is about; None for one whom nobody knows."""
    if of == ME:
        return [situation.me]
    if of == EACH:
        return [situation.each]
    named = situation.answers.get(of)
    return [situation.persons.get(one) for one in (named if isinstance(named, list | tuple) else [named]) if one]


def every_named(truths: Iterable[Truth]) -> Truth:
    """As for all of them; nobody is named yet: unknown."""
    known = list(truths)
    return every(known) if known else Truth.UNKNOWN


def _age(atom: Age, situation: Situation) -> Truth:
    day = _day(atom.on, situation)
    if day is None:
        return Truth.UNKNOWN
    return every_named(age_of(one, atom, day) for one in who(atom.of, situation))


def age_of(one: Someone | None, atom: Age, day: date) -> Truth:
    if one is None or one.born is None:
        return Truth.UNKNOWN
    return _truth(_is_within(age_on(day, born=one.born), atom.at_least, atom.at_most))


def _children(atom: Children, situation: Situation) -> Truth:
    """A child without a birth date may be of the ages asked for, or not: it decides nothing by itself."""
    day = _day(atom.on, situation)
    if day is None:
        return Truth.UNKNOWN
    sure = maybe = 0
    for one in situation.persons.values():
        if one.role != CHILD:
            continue
        if atom.age_at_least is None and atom.age_at_most is None:
            sure += 1
        elif one.born is None:
            maybe += 1
        else:
            sure += _is_within(age_on(day, born=one.born), atom.age_at_least, atom.age_at_most)
    return _same(_is_within(sure + extra, atom.at_least, atom.at_most) for extra in range(maybe + 1))


def _same(outcomes: Iterable[bool]) -> Truth:
    seen = set(outcomes)
    return _truth(seen.pop()) if len(seen) == 1 else Truth.UNKNOWN


def _day(on: Day, situation: Situation) -> date | None:
    if on.answer:
        return _as_date(situation.answers.get(on.answer), situation.today)
    return on.of_year.in_year(situation.today.year) if on.of_year else situation.today


def _answer(atom: Answer, situation: Situation) -> Truth:
    """Nothing answered is unknown, but to whoever asks whether something was."""
    given = situation.answers.get(atom.field)
    is_filled = given not in (None, "", [], {})
    if atom.operator == "filled":
        return _truth(is_filled == atom.value)
    if not is_filled:
        return Truth.UNKNOWN
    if atom.operator in ("is", "one_of"):
        wanted = atom.value if isinstance(atom.value, tuple) else (atom.value,)
        return _truth(any(_is_same(one, value) for one in _listed(given) for value in wanted))
    if atom.operator in ("at_least", "at_most"):
        return _number(given, atom)
    return _dates(given, atom, situation.today)


def _listed(given: Whatever) -> list[Whatever]:
    return list(given) if isinstance(given, list | tuple) else [given]


def _is_same(one: Whatever, value: Whatever) -> bool:
    """`True` is not 1: yes is no number."""
    return type(one) is type(value) and bool(one == value)


def _number(given: Whatever, atom: Answer) -> Truth:
    if isinstance(given, bool) or not isinstance(given, int) or not isinstance(atom.value, int):
        return Truth.UNKNOWN
    return _truth(given >= atom.value if atom.operator == "at_least" else given <= atom.value)


def _dates(given: Whatever, atom: Answer, today: date) -> Truth:
    day, bound = _as_date(given, today), _as_date(atom.value, today)
    if day is None or bound is None:
        return Truth.UNKNOWN
    return _truth(day < bound if atom.operator == "before" else day > bound)


def _as_date(text: Whatever, today: date) -> date | None:
    if text == TODAY:
        return today
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _is_within(number: int, at_least: int | None, at_most: int | None) -> bool:
    return (at_least is None or number >= at_least) and (at_most is None or number <= at_most)


def _truth(holds: bool) -> Truth:
    return Truth.YES if holds else Truth.NO


def _code(atom: Atom, truth: Truth) -> str:
    """`age`, `role`, `children`, `bracket_unknown`…: the atom's name, and that a fact is missing."""
    name = "profile" if isinstance(atom, LegalProfile) else type(atom).__name__.lower()
    return f"{name}_unknown" if truth is Truth.UNKNOWN else name
