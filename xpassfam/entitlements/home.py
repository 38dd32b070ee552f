"""A family's facts as rules look at them, over time: nothing here reads a clock or a database."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from xpassfam.entitlements.language import Vocabulary
from xpassfam.rules.criteria import PastUse, Situation, Someone
from xpassfam.rules.income import bracket_of, good_until
from xpassfam.rules.time_limits import add_months
from xpassfam.rules.visibility import is_open

SCHOOL_MONTH = 9
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Spell:
    """Something that holds between two days, both included; None: without a beginning, or an end."""

    kind: str
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Resident:
    """Somebody of the home. `until`: the first day no longer there. `share`: what this home gets of the aids for a
    child of two homes, in percent; 100 of anybody else."""

    key: str
    name: str
    role: str
    born: date | None = None
    share: int = 100
    since: date | None = None
    until: date | None = None
    papers: tuple[Spell, ...] = ()
    activities: tuple[Spell, ...] = ()
    person_id: int = 0
    full_name: str = ""
    mark: int = 1
    is_gone: bool = False  # by the day of whoever reads: see `Home.seen_on`

    def someone(self, day: date) -> Someone:
        doing = [spell for spell in self.activities if spell.holds_on(day)]
        return Someone(
            role=self.role,
            born=self.born,
            key=self.key,
            papers=frozenset(spell.kind for spell in self.papers if spell.holds_on(day)),
            activity=doing[-1].kind if doing else "",
        )


@dataclass(frozen=True)
class Earning:
    """The quotient familial of a month (its first day)."""

    month: date
    quotient_cents: int
    source: str = ""


@dataclass(frozen=True)
class Used:
    """A right that was used, for the days from `since` to `until`; `person` is empty where it is the home's."""

    right: str
    person: str
    on: date
    since: date
    until: date
    amount_cents: int | None = None
    reference: str = ""


@dataclass(frozen=True)
class Home:
    """`residents` are those of all times, in the family's order."""

    key: str
    residents: tuple[Resident, ...] = ()
    earnings: tuple[Earning, ...] = ()
    uses: tuple[Used, ...] = ()
    profile: str = ""
    closed_on: date | None = None

    def residents_on(self, day: date) -> tuple[Resident, ...]:
        return tuple(one for one in self.residents if is_open(one.since, one.until, on=day))

    def seen_on(self, today: date) -> "Home":
        """As a family reads of a day that is past: who left since is counted, and neither named nor told of.

        Source: RGPD, art. 5.1.c (`rules.visibility.may_see_person`).
        """
        gone = (one.until is not None and one.until <= today for one in self.residents)
        residents = (replace(one, is_gone=is_gone) for one, is_gone in zip(self.residents, gone, strict=True))
        return replace(self, residents=tuple(residents))

    def earning_on(self, day: date) -> Earning | None:
        """The latest month that had begun, stale or not."""
        return max((one for one in self.earnings if one.month <= day), key=lambda one: one.month, default=None)

    def situation_on(self, day: date, vocabulary: Vocabulary) -> Situation:
        earning = self.earning_on(day)
        return Situation(
            today=day,
            persons={one.key: one.someone(day) for one in self.residents_on(day)},
            bracket=bracket_on(earning, day, vocabulary),
            profile=self.profile,
            is_member=self.closed_on is None or day < self.closed_on,
            uses=tuple(PastUse(one.right, one.person, one.on) for one in self.uses if one.on <= day),
        )


def bracket_on(earning: Earning | None, day: date, vocabulary: Vocabulary) -> str:
    """Empty where no income is known, or it is too old to tell."""
    if earning is None or is_stale(earning, day, vocabulary):
        return ""
    return vocabulary.brackets[bracket_of(earning.quotient_cents, vocabulary.limits) - 1].name


def is_stale(earning: Earning, day: date, vocabulary: Vocabulary) -> bool:
    return day > good_until(earning.month, months=vocabulary.income_months)


def turning_days(
    home: Home, *, first: date, last: date, vocabulary: Vocabulary, edges: Iterable[date] = ()
) -> list[date]:
    """The days of a span on which an answer may change: what begins that day, or ended the day before.

    `edges`: those of the rules themselves. In order, each once.
    """
    days = set(edges)
    years = range(first.year, last.year + 1)
    days |= {date(year, month, 1) for year in years for month in (1, SCHOOL_MONTH)}
    for one in home.residents:
        days |= {day for day in (one.since, one.until) if day}
        if one.born:
            days |= {birthday(one.born, year) for year in years}
        for spell in (*one.papers, *one.activities):
            days |= _edges(spell.since, spell.until)
    if home.closed_on:
        days.add(home.closed_on)
    for earning in home.earnings:
        days |= _edges(earning.month, good_until(earning.month, months=vocabulary.income_months))
    for use in home.uses:
        days |= {*_edges(use.since, use.until), use.on, add_months(use.on, 12)}
    return sorted(day for day in days if first < day <= last)


def _edges(since: date | None, until: date | None) -> set[date]:
    return {day for day in (since, until and until + DAY) if day}


def birthday(born: date, year: int) -> date:
    """The day on which `rules.ages.age_on` counts a year more."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
