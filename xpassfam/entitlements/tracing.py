"""Why an answer is what it is, written down: the explanation of an automated calculation.

Source: code des relations entre le public et l’administration, art. L311-3-1, R311-3-1-2; RGPD, art. 15.1.h.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from xpassfam.entitlements.asking import Answer, Asked, Key, asked_plainly
from xpassfam.entitlements.home import Home
from xpassfam.entitlements.judging import explain, judge, persons_of
from xpassfam.entitlements.rules import Rules
from xpassfam.entitlements.wording.answers import facts_of, sentence_of


def traces(home: Home, day: date, rules: Rules, keys: Iterable[Key]) -> list[dict[str, Any]]:
    """Of these answers of that day, in the order of the rules."""
    asked, wanted = asked_plainly(home, day, rules), set(keys)
    situation = asked.situation
    found = []
    for rule in rules.rules:
        for person in persons_of(rule.right.audience, home, day):
            if (rule.right.code, person.key if person else "") in wanted:
                judged = judge(rule.right, person, home, situation)
                leaves = explain(rule.right, person, situation)
                found.append(trace(Answer(rule, person, judged.verdict, judged.given, leaves), asked))
    return found


def trace(answer: Answer, asked: Asked) -> dict[str, Any]:
    return {
        "right": answer.right.code,
        "label": answer.right.title,
        "version": answer.rule.number,
        "law": answer.right.law,
        "date": asked.day.isoformat(),
        "person": answer.person.name if answer.person else None,
        "answer": str(answer.verdict),
        "amount_cents": answer.given.cents,
        "percent": answer.given.percent,
        "text": sentence_of(answer, asked),
        "reasons": [
            {
                "criterion": one.rule,
                "met": str(one.met),
                "value": one.value,
                "threshold": one.threshold,
                "decides": one.decides,
            }
            for one in facts_of(answer, asked)
        ],
    }
