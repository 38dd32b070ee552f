"""What holds of every condition in every situation, whatever an organisation writes."""

import json
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.criteria.trees import CONDITIONS, SITUATIONS
from xpassfam.rules.criteria import All, Any, Not, Truth, deciding, dump, evaluate, parse, residual

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
    before = evaluate(_without_filled(condition), type(situation)(**{**vars(situation), **blind})).truth
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
