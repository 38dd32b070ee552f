"""What a proposed rule would change for a home: counted before and after, on one day, as if nothing was used yet."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from xpassfam.definitions.trees import build, dump
from xpassfam.entitlements.asking import judge_all
from xpassfam.entitlements.checking import check_right, check_vocabulary
from xpassfam.entitlements.home import Home
from xpassfam.entitlements.judging import Verdict
from xpassfam.entitlements.language import Right
from xpassfam.entitlements.language.loading import words_of
from xpassfam.entitlements.models import VOCABULARY, Proposal
from xpassfam.entitlements.published import rules_on
from xpassfam.entitlements.rules import Rule, Rules
from xpassfam.rules.criteria import Situation, Today, Truth, atoms_of, evaluate

MONTHS = 12


@dataclass(frozen=True, order=True)
class Worth:
    """What a home gets of some rights: compared by cents of a year, then by percentages, then by rights open."""

    cents: int = 0
    percent: int = 0
    count: int = 0


@dataclass(frozen=True)
class Both:
    """The rules that a proposal changes, as they are and as they would be."""

    before: Rules
    after: Rules


def both(proposal: Proposal, day: date, *, at: datetime) -> Both:
    """Raise `language.Refused` where it can't be read (any more)."""
    now = rules_on(day)
    if proposal.code == VOCABULARY:
        vocabulary = check_vocabulary(proposal.source).vocabulary
        words = words_of(vocabulary)
        rights = tuple(Rule(build(Right, dump(one.right), words), one.number) for one in now.rules)
        return Both(now, Rules(vocabulary, rights))
    before = Rules(now.vocabulary, tuple(one for one in now.rules if one.right.code == proposal.code))
    if not proposal.is_open:
        return Both(before, Rules(now.vocabulary))
    right = check_right(proposal.source, at=at).told
    assert isinstance(right, Right)  # noqa: S101
    return Both(before, Rules(now.vocabulary, (Rule(right),)))


def worth(home: Home, day: date, rules: Rules) -> Worth:
    cents = percent = count = 0
    for _rule, _person, judged in judge_all(replace(home, uses=()), day, rules).values():
        if judged.verdict is Verdict.YES:
            count += 1
            cents += (judged.given.cents or 0) * (MONTHS if judged.given.is_monthly else 1)
            percent += judged.given.percent or 0
    return Worth(cents, percent, count)


def usual_day(proposal: Proposal, *, today: date, at: datetime) -> date:
    """The first on which it applies and its season is open: out of season everybody would have nothing."""
    begins = max(today, proposal.since)
    rules = both(proposal, begins, at=at)
    seasons = [one for rule in (*rules.before.rules, *rules.after.rules) for one in _seasons(rule.right)]
    if proposal.code == VOCABULARY or not seasons:
        return begins
    openings = sorted(season.since.in_year(begins.year + more) for season in seasons for more in (0, 1))
    days = [begins, *(day for day in openings if day > begins)]
    return next((day for day in days if all(_is_open(season, day) for season in seasons)), begins)


def _seasons(right: Right) -> Iterator[Today]:
    return (atom for atom in atoms_of(right.criterion) if isinstance(atom, Today))


def _is_open(season: Today, day: date) -> bool:
    return evaluate(season, Situation(today=day)).truth is Truth.YES
