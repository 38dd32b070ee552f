"""Answers and what comes, as they are kept: values, that JSON carries."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from xpassfam.entitlements.asking import Key
from xpassfam.entitlements.coming import Cause, Event, Turn, What, is_discreet
from xpassfam.entitlements.home import Resident
from xpassfam.entitlements.judging import NOTHING, Given, Judged, Verdict
from xpassfam.entitlements.rules import Rule
from xpassfam.rules.rights import may_see_right
from xpassfam.rules.visibility import Viewer

Tree = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """An answer; `person` (a public identifier) and `name` are empty where it is the home's. `version`: of the rule."""

    code: str
    title: str
    version: int
    answer: Verdict
    person: str = ""
    name: str = ""
    given: Given = NOTHING
    is_discreet: bool = False

    @property
    def key(self) -> Key:
        return self.code, self.person

    @property
    def state(self) -> tuple[Verdict, Given]:
        """What makes it another answer."""
        return self.answer, self.given


def answers_for(viewer: Viewer, answers: Iterable[Kept], *, person: str) -> list[Kept]:
    """Those that the reader may know; `person` is their own public identifier."""
    reads_all = may_see_right(viewer, person_id=None, household_id=viewer.household_id)
    return [one for one in answers if reads_all or (one.person and one.person == person)]


def kept(rule: Rule, person: Resident | None, judged: Judged) -> Kept:
    who = {"person": person.key, "name": person.name} if person else {}
    right = rule.right
    return Kept(
        right.code, right.title, rule.number, judged.verdict, **who, given=judged.given, is_discreet=is_discreet(right)
    )


def dump_answers(answers: Iterable[Kept]) -> list[Tree]:
    return [asdict(one) for one in answers]


def load_answers(trees: Iterable[Mapping[str, Any]]) -> list[Kept]:
    return [Kept(**{**one, "answer": Verdict(one["answer"]), "given": Given(**one["given"])}) for one in trees]


def dump_events(events: Iterable[Event]) -> list[Tree]:
    return [{**asdict(one), "on": one.on.isoformat()} for one in events]


def load_events(trees: Iterable[Mapping[str, Any]]) -> list[Event]:
    return [_event(one) for one in trees]


def _event(tree: Mapping[str, Any]) -> Event:
    known = {"on": date.fromisoformat(tree["on"]), "cause": Cause(tree["cause"])}
    return Event(**{**tree, **known, "turns": tuple(_turn(one) for one in tree["turns"])})


def _turn(tree: Mapping[str, Any]) -> Turn:
    given = {name: Given(**tree[name]) for name in ("before", "after")}
    return Turn(**{**tree, **given, "what": What(tree["what"])})
