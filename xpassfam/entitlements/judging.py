"""The answer of one right, for one person of a home or for the home, on one day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xpassfam.entitlements.home import Home, Resident, Used
from xpassfam.entitlements.language import Amount, Audience, Opening, Period, Right, Unit, Vocabulary
from xpassfam.rules.criteria import Leaf, Situation, Trace, Truth, evaluate, leaves, truth_of, year_around
from xpassfam.rules.visibility import CHILD


class Verdict(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"  # something is missing
    REVIEW = "review"  # somebody has to look


_VERDICTS = {truth: Verdict(truth) for truth in Truth}


@dataclass(frozen=True)
class Given:
    """What a right is worth: an amount in cents or a percentage, or neither."""

    cents: int | None = None
    percent: int | None = None
    is_monthly: bool = False
    is_most: bool = False


NOTHING = Given()


@dataclass(frozen=True)
class Judged:
    """An answer, without its reasons."""

    verdict: Verdict
    given: Given
    used: Used | None = None

    @property
    def state(self) -> tuple[Verdict, Given]:
        """What makes two days alike."""
        return self.verdict, self.given


NOT_OPEN = Judged(Verdict.NO, NOTHING)


def persons_of(audience: Audience, home: Home, day: date) -> list[Resident | None]:
    """For whom a right is asked: each child, or None for the home; None where no child lives there."""
    if audience is Audience.HOUSEHOLD:
        return [None]
    return [one for one in home.residents_on(day) if one.role == CHILD] or [None]


def situation_for(situation: Situation, person: Resident | None) -> Situation:
    return situation.asked_of(situation.persons.get(person.key) if person else None)


def judge(right: Right, person: Resident | None, home: Home, situation: Situation) -> Judged:
    """`situation` is the home's that day. A right obtained for its period stays a yes."""
    if right.audience is Audience.CHILD and person is None:
        return NOT_OPEN
    own = situation_for(situation, person)
    used = used_on(right, person, home, situation.today)
    verdict = Verdict.YES if used else verdict_of(right, truth_of(right.criterion, own))
    if verdict is Verdict.NO:
        return NOT_OPEN
    given = amount_of(right.amount, own, share=person.share if person and right.shared else 100)
    return Judged(verdict, given, used)


def verdict_of(right: Right, truth: Truth) -> Verdict:
    if right.opening is Opening.REVIEWED:
        return Verdict.NO if truth is Truth.NO else Verdict.REVIEW
    return _VERDICTS[truth]


def used_on(right: Right, person: Resident | None, home: Home, day: date) -> Used | None:
    """The latest use whose days hold this one. What serves as often as wanted is never used up."""
    if right.period is Period.ALWAYS or not home.uses:
        return None
    key = person.key if person else ""
    own = (one for one in home.uses if one.right == right.code and one.person == key)
    holding = [one for one in own if one.since <= day <= one.until and one.on <= day]
    return max(holding, key=lambda one: one.on, default=None)


def left_cents(right: Right, person: Resident | None, home: Home, judged: Judged, day: date) -> int | None:
    """What is left of an amount for the period; None where it is not counted."""
    if judged.given.cents is None or right.period is Period.ALWAYS or judged.given.is_monthly:
        return None
    key = person.key if person else ""
    own = [one for one in home.uses if one.right == right.code and one.person == key and one.since <= day <= one.until]
    return max(judged.given.cents - sum(one.amount_cents or 0 for one in own), 0)


def period_around(day: date, period: Period) -> tuple[date, date]:
    """The days for which a use of that day counts: the calendar or school year, or the twelve months that begin."""
    if period is Period.TWELVE_MONTHS:
        first, _last = year_around(day, "twelve_months")
        return day, day + (day - first)
    return year_around(day, "school_year" if period is Period.SCHOOL_YEAR else "calendar_year")


def amount_of(amount: Amount | None, situation: Situation, *, share: int) -> Given:
    """Nothing where it hangs on what is not known."""
    if amount is None:
        return NOTHING
    value = _value(amount, situation)
    if value is None:
        return NOTHING
    if amount.unit is Unit.PERCENT:
        return Given(percent=value, is_most=amount.is_most)
    return Given(cents=value * share, is_monthly=amount.unit is Unit.EUROS_A_MONTH, is_most=amount.is_most)


def _value(amount: Amount, situation: Situation) -> int | None:
    if amount.value is not None:
        return amount.value
    if amount.by_bracket:
        return amount.by_bracket.get(situation.bracket)
    count = count_of(amount, situation)
    return max((step.value for step in amount.steps if step.count <= count), default=None)


def count_of(amount: Amount, situation: Situation) -> int:
    """How many of the home count for it."""
    ones = (situation.asked_of(one) for one in situation.persons.values())
    return sum(truth_of(amount.persons, one) is Truth.YES for one in ones)


def explain(right: Right, person: Resident | None, situation: Situation) -> tuple[Leaf, ...]:
    """Everything that the rule looked at."""
    return leaves(trace_of(right, person, situation))


def trace_of(right: Right, person: Resident | None, situation: Situation) -> Trace:
    return evaluate(right.criterion, situation_for(situation, person))


def vocabulary_limit(names: tuple[str, ...], vocabulary: Vocabulary) -> int | None:
    """The highest quotient of these brackets, in whole euros; None where the last of all is one of them."""
    ends = [vocabulary.bracket(name).until for name in names]
    return None if None in ends else max(end for end in ends if end is not None)
