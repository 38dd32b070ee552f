"""Why a condition holds or not: everything it looked at, and what would change the answer by itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from xpassfam.rules.criteria.evaluating import Trace
from xpassfam.rules.criteria.trees import All, Criterion, Named, Not
from xpassfam.rules.criteria.truths import Truth, every, some


@dataclass(frozen=True)
class Leaf:
    """One thing looked at: an atom, a count, or a notion (what it is made of comes after it).

    `met`: whether it goes towards a yes; `within`: the notions it is part of. `decides`: were it alone otherwise, the
    whole would answer otherwise.
    """

    criterion: Criterion
    met: Truth
    within: tuple[str, ...] = ()
    decides: bool = False


_Found = tuple[Criterion, Truth, tuple[str, ...]]


def leaves(trace: Trace) -> tuple[Leaf, ...]:
    """In the order of the condition; what is said twice is there once."""
    found = dict.fromkeys(_leaves(trace, within=(), is_denied=False))
    told: dict[Criterion, bool] = {}
    for criterion, _met, _within in found:
        if criterion not in told:
            told[criterion] = _decides(criterion, trace)
    return tuple(Leaf(criterion, met, within, told[criterion]) for criterion, met, within in found)


def _leaves(trace: Trace, *, within: tuple[str, ...], is_denied: bool) -> Iterator[_Found]:
    met = trace.truth.opposite if is_denied else trace.truth
    if isinstance(trace.criterion, Named):
        yield trace.criterion, met, within
        within = (*within, trace.criterion.name)
    if isinstance(trace.criterion, Not):
        is_denied = not is_denied
    if trace.parts:
        for part in trace.parts:
            yield from _leaves(part, within=within, is_denied=is_denied)
    elif not hasattr(trace.criterion, "parts"):
        yield trace.criterion, met, within


def _decides(criterion: Criterion, trace: Trace) -> bool:
    return any(_truth_with(criterion, other, trace) is not trace.truth for other in Truth)


def _truth_with(changed: Criterion, truth: Truth, trace: Trace) -> Truth:
    """What the whole would answer, were `changed` so wherever it stands."""
    if trace.criterion == changed:
        return truth
    if not trace.parts:
        return trace.truth
    parts = [_truth_with(changed, truth, part) for part in trace.parts]
    if isinstance(trace.criterion, Not):
        return parts[0].opposite
    if isinstance(trace.criterion, Named):
        return parts[0]
    return every(parts) if isinstance(trace.criterion, All) else some(parts)
