"""Made-up families held against a rule: the cases kept with it."""

from dataclasses import dataclass
from datetime import date

from xpassfam.entitlements.home import Earning, Home, Resident, Spell, Used
from xpassfam.entitlements.judging import Judged, judge, period_around, persons_of
from xpassfam.entitlements.language import Case, Right, Vocabulary
from xpassfam.entitlements.language.model import CaseChild
from xpassfam.rules.visibility import CHILD

HALF = 50


@dataclass(frozen=True)
class Tried:
    """A case and what came out of it, for its first child where the right is a child's."""

    case: Case
    judged: Judged

    @property
    def amount(self) -> int | None:
        """In euros or percent, as the case says it."""
        given = self.judged.given
        return given.percent if given.cents is None else given.cents // 100

    @property
    def is_as_expected(self) -> bool:
        is_answer = self.judged.verdict == self.case.answer
        return is_answer and (self.case.amount is None or self.amount == self.case.amount)


def try_all(right: Right, vocabulary: Vocabulary) -> tuple[Tried, ...]:
    return tuple(_try(case, right, vocabulary) for case in right.cases)


def failures(right: Right, vocabulary: Vocabulary) -> tuple[Tried, ...]:
    return tuple(tried for tried in try_all(right, vocabulary) if not tried.is_as_expected)


def home_of(case: Case, right: Right) -> Home:
    day = date.fromisoformat(case.on)
    spells = (Spell(case.activity),) if case.activity else ()
    adults = tuple(
        Resident(f"a{n}", f"a{n}", "partner" if n else "holder", activities=spells) for n in range(case.adults)
    )
    children = tuple(_child(n, child) for n, child in enumerate(case.children))
    earnings = () if case.quotient is None else (Earning(day.replace(day=1), case.quotient * 100),)
    uses: tuple[Used, ...] = ()
    if case.used_on:
        used_on = date.fromisoformat(case.used_on)
        key = children[0].key if children and right.audience == "child" else ""
        uses = (Used(right.code, key, used_on, *period_around(used_on, right.period)),)
    return Home("case", (*adults, *children), earnings, uses)


def _child(number: int, child: CaseChild) -> Resident:
    return Resident(
        f"c{number}",
        child.name or f"c{number}",
        CHILD,
        born=date.fromisoformat(child.born),
        share=HALF if child.shared else 100,
        papers=tuple(Spell(kind) for kind in child.papers),
    )


def _try(case: Case, right: Right, vocabulary: Vocabulary) -> Tried:
    home, day = home_of(case, right), date.fromisoformat(case.on)
    person = persons_of(right.audience, home, day)[0]
    return Tried(case, judge(right, person, home, home.situation_on(day, vocabulary)))
