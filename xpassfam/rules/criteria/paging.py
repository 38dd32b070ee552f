"""What is left of a condition once the facts are known: what a page may decide by itself while one answers it.

Facts become their outcome: nothing of anybody goes to the page but the answers that it holds already.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any as Whatever

from xpassfam.rules.criteria.atoms import Age, Answer, Atom, Role
from xpassfam.rules.criteria.evaluating import evaluate
from xpassfam.rules.criteria.situations import Situation
from xpassfam.rules.criteria.trees import All, Any, Count, Criterion, Named, Not, read_fields

Residue = str | dict[str, Whatever]


def residual(criterion: Criterion, situation: Situation, *, live: Collection[str]) -> Residue:
    """A tree of `all`, `any`, `not`, `answer`, `table` (by whom an answer names) and outcomes.

    `live`: the answers that may still change in the page. An age counted on such an answer has no residue: a
    definition is not let use it (ValueError).
    """
    if isinstance(criterion, All | Any):
        name = "all" if isinstance(criterion, All) else "any"
        return {name: [residual(part, situation, live=live) for part in criterion.parts]}
    if isinstance(criterion, Not):
        return {"not": residual(criterion.part, situation, live=live)}
    if isinstance(criterion, Named):
        return residual(criterion.part, situation, live=live)
    if not read_fields(criterion) & set(live):
        return str(evaluate(criterion, situation).truth)
    if isinstance(criterion, Count):
        raise ValueError("a count of persons by an answer of the same page")
    return _live(criterion, situation, live)


def _live(atom: Atom, situation: Situation, live: Collection[str]) -> Residue:
    if isinstance(atom, Answer):
        value = list(atom.value) if isinstance(atom.value, tuple) else atom.value
        if atom.operator in ("before", "after") and value == "today":
            value = situation.today.isoformat()
        return {"answer": {"field": atom.field, "operator": atom.operator, "value": value}}
    if isinstance(atom, Age | Role) and not (isinstance(atom, Age) and atom.on.answer in live):
        truths = {
            person: str(evaluate(atom, replace(situation, answers={**situation.answers, atom.of: person})).truth)
            for person in situation.persons
        }
        return {"table": {"field": atom.of, "truths": truths}}
    raise ValueError("an age on the day of an answer of the same page")
