"""What holds of every condition in every situation, whatever an organisation writes."""

import json
import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.criteria.trees import CONDITIONS, RIGHTS, SITUATIONS
from xpassfam.rules.criteria import (
    OF_RIGHTS,
    All,
    Any,
    Named,
    Not,
    Truth,
    deciding,
    dump,
    evaluate,
    leaves,
    parse,
    residual,
    truth_of,
)

PARTS = st.lists(CONDITIONS, max_size=5)


@given(CONDITIONS)
def test_a_condition_is_read_back_as_it_was_written(condition):
    written = json.loads(json.dumps(dump(condition)))

    assert parse(written) == condition
    assert dump(parse(written)) == written


@given(PARTS, SITUATIONS, st.integers())
def test_the_order_of_parts_does_not_change_the_answer(parts, situation, seed):
    shuffled = random.Random(seed).sample(parts, len(parts))
    for together in (All, Any):
        told = evaluate(together(tuple(parts)), situation).truth

        assert evaluate(together(tuple(shuffled)), situation).truth is told


@given(CONDITIONS | RIGHTS, SITUATIONS)
def test_the_answer_alone_is_that_of_the_whole_trace(condition, situation):
    assert truth_of(condition, situation) is evaluate(condition, situation).truth


@given(PARTS, SITUATIONS)
def test_not_all_is_any_not(parts, situation):
    """De Morgan, unknown included."""
    for together, other in ((All, Any), (Any, All)):
        denied = Not(together(tuple(parts)))
        apart = other(tuple(Not(part) for part in parts))

        assert evaluate(denied, situation).truth is evaluate(apart, situation).truth


@given(CONDITIONS, SITUATIONS)
def test_what_decided_decides_alone(condition, situation):
    """The reasons that a family reads are true of their own, and are there whenever something was looked at."""
    trace = evaluate(condition, situation)
    reasons = deciding(trace)

    assert all(evaluate(reason.atom, situation).truth is reason.truth for reason in reasons)
    if trace.truth is Truth.UNKNOWN:
        assert reasons
        assert all(reason.truth is Truth.UNKNOWN for reason in reasons)


@given(CONDITIONS, SITUATIONS)
def test_a_fact_that_comes_to_be_known_never_turns_a_yes_into_a_no(condition, situation):
    """Nobody is told « yes » on what is not known: without its answers a condition says the same, or nothing."""
    blind = {"answers": {}, "bracket": "", "each": None}
    before = evaluate(_without_filled(condition), replace(situation, **blind)).truth
    after = evaluate(_without_filled(condition), situation).truth

    assert before in (after, Truth.UNKNOWN)


def _without_filled(condition):
    """« Was it answered? » is known while nothing is: it alone may change."""
    if isinstance(condition, All | Any):
        return type(condition)(tuple(_without_filled(part) for part in condition.parts))
    if isinstance(condition, Not):
        return Not(_without_filled(condition.part))
    return All(()) if getattr(condition, "operator", "") == "filled" else condition


@settings(max_examples=200)
@given(CONDITIONS, SITUATIONS)
def test_what_a_page_is_told_of_a_condition_names_nobody_s_birth(condition, situation):
    told = json.dumps(residual(condition, situation, live=("kind", "who", "several", "amount")))

    assert not any(one.born and one.born.isoformat() in told for one in situation.persons.values() if one.born)


@given(RIGHTS)
def test_a_right_s_condition_is_read_back_too(condition):
    written = json.loads(json.dumps(dump(condition)))
    named = {one.name: one.part for one in _all(condition) if isinstance(one, Named)}
    if all(one.part == named[one.name] for one in _all(condition) if isinstance(one, Named)):
        assert parse(written, words=OF_RIGHTS.calling(**named)) == condition


@given(RIGHTS, SITUATIONS)
def test_the_explanation_names_whatever_would_change_the_answer_by_itself(condition, situation):
    trace = evaluate(condition, situation)
    told = {leaf.criterion: leaf for leaf in leaves(trace)}

    for leaf in _bottom(trace):
        others = {str(_answer_if(leaf.criterion, truth, trace)) for truth in Truth}
        assert told[leaf.criterion].decides == (others != {str(trace.truth)})


@given(RIGHTS, SITUATIONS)
def test_an_explanation_never_says_the_contrary_of_the_answer(condition, situation):
    """All that counts is met: yes. A no has something that is not met, what is unknown something unknown."""
    trace = evaluate(condition, situation)
    met = {leaf.met for leaf in leaves(trace)}
    if met == {Truth.YES}:
        assert trace.truth is Truth.YES or _has_empty(condition)
    if trace.truth is Truth.UNKNOWN:
        assert Truth.UNKNOWN in met


def _all(condition):
    yield condition
    for part in getattr(condition, "parts", ()) or filter(
        None, (getattr(condition, "part", None), getattr(condition, "that", None))
    ):
        yield from _all(part)


def _has_empty(condition):
    return any(isinstance(one, All | Any) and not one.parts for one in _all(condition))


def _bottom(trace):
    if trace.parts:
        for part in trace.parts:
            yield from _bottom(part)
    elif not isinstance(trace.criterion, All | Any):
        yield trace


def _answer_if(changed, truth, trace):
    """Anew, on a table of what each thing answers."""
    if trace.criterion == changed:
        return truth
    if not trace.parts:
        return trace.truth
    inner = [_answer_if(changed, truth, part) for part in trace.parts]
    if isinstance(trace.criterion, Not):
        return {Truth.YES: Truth.NO, Truth.NO: Truth.YES}.get(inner[0], Truth.UNKNOWN)
    if isinstance(trace.criterion, Named):
        return inner[0]
    first = Truth.NO if isinstance(trace.criterion, All) else Truth.YES
    if first in inner:
        return first
    return Truth.UNKNOWN if Truth.UNKNOWN in inner else {Truth.NO: Truth.YES, Truth.YES: Truth.NO}[first]
