"""Whether a condition holds, and what decided. Three values: what is not known is neither yes nor no."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any as Whatever

from xpassfam.rules.criteria.atoms import LegalProfile
from xpassfam.rules.criteria.looking import LOOKS, is_within
from xpassfam.rules.criteria.situations import Situation
from xpassfam.rules.criteria.trees import All, Any, Count, Criterion, Named, Not
from xpassfam.rules.criteria.truths import Truth, every, same, some


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
    atom: Criterion
    truth: Truth


def evaluate(criterion: Criterion, situation: Situation) -> Trace:
    if isinstance(criterion, All | Any):
        parts = tuple(evaluate(part, situation) for part in criterion.parts)
        together = every if isinstance(criterion, All) else some
        return Trace(criterion, together([part.truth for part in parts]), parts)
    if isinstance(criterion, Not | Named):
        inner = evaluate(criterion.part, situation)
        truth = inner.truth.opposite if isinstance(criterion, Not) else inner.truth
        return Trace(criterion, truth, (inner,))
    return Trace(criterion, truth_of(criterion, situation))


def truth_of(criterion: Criterion, situation: Situation) -> Truth:
    """What `evaluate` answers, without what it is made of: nothing more is looked at once it is sure."""
    return _HOW[type(criterion)](criterion, situation)


def _all(criterion: All, situation: Situation) -> Truth:
    answer = Truth.YES
    for part in criterion.parts:
        truth = _HOW[type(part)](part, situation)
        if truth is Truth.NO:
            return truth
        if truth is Truth.UNKNOWN:
            answer = truth
    return answer


def _any(criterion: Any, situation: Situation) -> Truth:
    answer = Truth.NO
    for part in criterion.parts:
        truth = _HOW[type(part)](part, situation)
        if truth is Truth.YES:
            return truth
        if truth is Truth.UNKNOWN:
            answer = truth
    return answer


def _not(criterion: Not, situation: Situation) -> Truth:
    return truth_of(criterion.part, situation).opposite


def _named(criterion: Named, situation: Situation) -> Truth:
    return truth_of(criterion.part, situation)


def _count(criterion: Count, situation: Situation) -> Truth:
    truths = [truth_of(criterion.that, situation.asked_of(one)) for one in situation.persons.values()]
    sure, maybe = truths.count(Truth.YES), truths.count(Truth.UNKNOWN)
    return same([is_within(sure + extra, criterion.at_least, criterion.at_most) for extra in range(maybe + 1)])


_HOW: Mapping[type[Criterion], Callable[[Whatever, Situation], Truth]] = {
    All: _all,
    Any: _any,
    Not: _not,
    Named: _named,
    Count: _count,
    **LOOKS,
}


def deciding(trace: Trace) -> tuple[Reason, ...]:
    """What made it come out so: of several that all had to hold, those that did not."""
    if isinstance(trace.criterion, Not):
        return deciding(trace.parts[0])
    if not isinstance(trace.criterion, All | Any):
        return (Reason(_code(trace.criterion, trace.truth), trace.criterion, trace.truth),)
    decided = [part for part in trace.parts if part.truth is trace.truth]
    return tuple(dict.fromkeys(reason for part in decided for reason in deciding(part)))


def _code(atom: Criterion, truth: Truth) -> str:
    """`age`, `role`, `children`, `bracket_unknown`…: the atom's name, and that a fact is missing."""
    name = "profile" if isinstance(atom, LegalProfile) else type(atom).__name__.lower()
    return f"{name}_unknown" if truth is Truth.UNKNOWN else name
