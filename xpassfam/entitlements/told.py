"""Answers for a family's own programs."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from xpassfam.entitlements.asking import Answer, Asked
from xpassfam.entitlements.wording.answers import facts_of, sentence_of
from xpassfam.rules.criteria import Truth

MET = {Truth.YES: True, Truth.NO: False, Truth.UNKNOWN: None}


def as_json(asked: Asked, answers: Iterable[Answer], *, hides_income: bool) -> list[Mapping[str, Any]]:
    """As outsiders rely on it. `person` is None for the whole household; amounts are in cents."""
    return [_one(asked, answer, hides_income=hides_income) for answer in answers]


def _one(asked: Asked, answer: Answer, *, hides_income: bool) -> Mapping[str, Any]:
    return {
        "right": answer.right.code,
        "label": answer.right.title,
        "person": answer.person.full_name if answer.person else None,
        "answer": answer.answer,
        "amount_cents": answer.given.cents,
        "percent": answer.given.percent,
        "from": _day(answer.since),
        "until": _day(answer.until),
        "used_on": _day(answer.used_on),
        "left_cents": answer.left_cents,
        "text": sentence_of(answer, asked, hides_income=hides_income),
        "reasons": [
            {
                "criterion": fact.rule,
                "met": MET[fact.met],
                "value": fact.value,
                "threshold": fact.threshold,
                "text": fact.text,
            }
            for fact in facts_of(answer, asked, hides_income=hides_income)
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
