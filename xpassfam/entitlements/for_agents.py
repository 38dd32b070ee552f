"""An answer with all that it was made of, as agents read it: the trace that the family has, whole."""

from dataclasses import dataclass

from xpassfam.entitlements.asking import Answer, Asked
from xpassfam.entitlements.wording.answers import facts_of, given_in_words, sentence_of
from xpassfam.entitlements.wording.cases import ANSWERS
from xpassfam.entitlements.wording.facts import Fact

TAGS = {"yes": "ok", "no": "no", "unknown": "wait", "review": "info"}


@dataclass(frozen=True)
class Told:
    """`tag` and `word` are the answer's; `facts`, what was looked at, with values beside thresholds."""

    answer: Answer
    tag: str
    word: str
    amount: str
    sentence: str
    facts: tuple[Fact, ...]


def told(answer: Answer, asked: Asked) -> Told:
    return Told(
        answer=answer,
        tag=TAGS[answer.answer],
        word=str(ANSWERS[answer.answer]).capitalize(),
        amount=given_in_words(answer.given) if answer.answer == "yes" else "",
        sentence=sentence_of(answer, asked),
        facts=tuple(facts_of(answer, asked)),
    )


def all_told(asked: Asked) -> list[tuple[str, str, list[Told]]]:
    """By right: its code, its title, an answer for each person."""
    by_right: dict[str, list[Told]] = {}
    for answer in asked.answers:
        by_right.setdefault(answer.right.code, []).append(told(answer, asked))
    return [(code, found[0].answer.right.title, found) for code, found in by_right.items()]
