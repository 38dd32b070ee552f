"""All the rights of a home on a day: what is open, since when, until when, why, and what comes."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from xpassfam.entitlements.home import DAY, Home, Resident, turning_days
from xpassfam.entitlements.judging import Given, Judged, Verdict, explain, judge, left_cents, persons_of
from xpassfam.entitlements.language import Audience, Right, Vocabulary
from xpassfam.entitlements.rules import Rule, Rules
from xpassfam.rules.criteria import Leaf, Situation

LOOKING_BACK = timedelta(days=731)
LOOKING_AHEAD = timedelta(days=731)
RulesOn = Callable[[date], Rules]
Key = tuple[str, str]  # of a right, and of a person; empty for the home


@dataclass(frozen=True)
class Answer:
    """`since` and `until`: the first and last days of this very answer; None beyond two years. `left_cents`: what is
    left of the amount for the period."""

    rule: Rule
    person: Resident | None
    verdict: Verdict
    given: Given
    leaves: tuple[Leaf, ...]
    since: date | None = None
    until: date | None = None
    used_on: date | None = None
    used_cents: int | None = None
    left_cents: int | None = None
    reference: str = ""

    @property
    def right(self) -> Right:
        return self.rule.right

    @property
    def answer(self) -> str:
        return str(self.verdict)

    @property
    def amount_cents(self) -> int | None:
        return self.given.cents

    @property
    def key(self) -> Key:
        return self.right.code, self.person.key if self.person else ""


@dataclass(frozen=True)
class Change:
    """On that day an answer becomes another; None where the person was not, or is no longer, asked for."""

    on: date
    rule: Rule
    person: Resident | None
    before: Judged | None
    after: Judged | None


@dataclass(frozen=True)
class Asked:
    """The answers of a day, with what they were made of."""

    day: date
    home: Home
    rules: Rules
    situation: Situation
    answers: tuple[Answer, ...]
    timeline: "Timeline | None" = None  # of the years around, where it was counted

    @property
    def vocabulary(self) -> Vocabulary:
        return self.rules.vocabulary


def ask(home: Home, day: date, rules_on: RulesOn, *, edges: frozenset[date] = frozenset()) -> Asked:
    """`edges`: the days on which a rule takes another version."""
    timeline = Timeline(home, day - LOOKING_BACK, day + LOOKING_AHEAD, rules_on, edges)
    rules = rules_on(day)
    situation = home.situation_on(day, rules.vocabulary)
    answers = tuple(_answers(home, day, rules, situation, timeline))
    return Asked(day, home, rules, situation, answers, timeline)


def asked_plainly(home: Home, day: date, rules: Rules) -> Asked:
    """What answers of that day are made of, without them."""
    return Asked(day, home, rules, home.situation_on(day, rules.vocabulary), ())


def ask_today(home: Home, day: date, rules: Rules) -> Asked:
    """The same for one day, without since when nor until when: many times cheaper."""
    situation = home.situation_on(day, rules.vocabulary)
    return Asked(day, home, rules, situation, tuple(_answers(home, day, rules, situation, None)))


def judge_all(home: Home, day: date, rules: Rules) -> dict[Key, tuple[Rule, Resident | None, Judged]]:
    """Every right of every person, without reasons: what a batch of homes is counted with."""
    situation = home.situation_on(day, rules.vocabulary)
    asked_for = {audience: persons_of(audience, home, day) for audience in Audience}
    return {
        (rule.right.code, person.key if person else ""): (rule, person, judge(rule.right, person, home, situation))
        for rule in rules.rules
        for person in asked_for[rule.right.audience]
    }


class Timeline:
    """The answers of a span of time, counted once for each day on which they may change."""

    def __init__(
        self, home: Home, first: date, last: date, rules_on: RulesOn, edges: frozenset[date] = frozenset()
    ) -> None:
        self.home, self.rules_on = home, rules_on
        rules = rules_on(last)
        every = {*edges, *rules.edges(first=first, last=last)}
        self.days = [first, *turning_days(home, first=first, last=last, vocabulary=rules.vocabulary, edges=every)]
        self._judged: dict[date, dict[Key, tuple[Rule, Resident | None, Judged]]] = {}

    def on(self, turn: date) -> dict[Key, tuple[Rule, Resident | None, Judged]]:
        if turn not in self._judged:
            self._judged[turn] = judge_all(self.home, turn, self.rules_on(turn))
        return self._judged[turn]

    def span(self, key: Key, day: date) -> tuple[date | None, date | None]:
        """The first and last days around `day` with the same answer; None where that is out of sight."""
        turns = self.days
        at = max(number for number, turn in enumerate(turns) if turn <= day)
        state = self._state(key, turns[at])
        first = last = at
        while first > 0 and self._state(key, turns[first - 1]) == state:
            first -= 1
        while last + 1 < len(turns) and self._state(key, turns[last + 1]) == state:
            last += 1
        since = turns[first] if first > 0 else None
        return since, turns[last + 1] - DAY if last + 1 < len(turns) else None

    def changes(self, *, after: date, until: date) -> Iterator[Change]:
        """What changes from the day after `after`, to `until`."""
        turns = self.days
        for before, turn in itertools.pairwise(turns):
            if not after < turn <= until:
                continue
            was, becomes = self.on(before), self.on(turn)
            for key in dict.fromkeys((*was, *becomes)):
                rule, person, _judged = becomes.get(key) or was[key]
                old, new = (one[key][2] if key in one else None for one in (was, becomes))
                if (old and old.state) != (new and new.state):
                    yield Change(turn, rule, person, old, new)

    def next_change(self, *, after: date) -> date | None:
        """The first day after `after` on which an answer changes; None where none does."""
        first = next(self.changes(after=after, until=self.days[-1]), None)
        return first.on if first else None

    def _state(self, key: Key, turn: date) -> object:
        found = self.on(turn).get(key)
        return found and found[2].state


def _answers(home: Home, day: date, rules: Rules, situation: Situation, timeline: Timeline | None) -> Iterator[Answer]:
    for key, (rule, person, judged) in judge_all(home, day, rules).items():
        since, until = timeline.span(key, day) if timeline else (None, None)
        used = judged.used
        yield Answer(
            rule=rule,
            person=person,
            verdict=judged.verdict,
            given=judged.given,
            leaves=explain(rule.right, person, situation),
            since=since,
            until=until,
            used_on=used.on if used else None,
            used_cents=used.amount_cents if used else None,
            left_cents=left_cents(rule.right, person, home, judged, day) if judged.verdict is Verdict.YES else None,
            reference=used.reference if used else "",
        )
