"""What comes: the days on which a home's rights change, why, and which.

`coming(timeline, after=today) -> list[Event]` looks a year ahead; by day, the home's and each person's apart.
`Timeline(home, today, today + YEAR, book.on, book.edges)` is enough for it. An `Event` holds values alone, so that it
can be kept and told later, in any language: `wording.coming` has `title_of(event)`, `lines_of(event)`,
`advice_of(event)` and `wait_of(event, today)` (« dans 2 jours »). `seen_by(events, access)` leaves out what is not the
reader's: a page always goes through it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from xpassfam.documents.kinds import kind_of
from xpassfam.entitlements.asking import Change, Timeline
from xpassfam.entitlements.home import DAY, Home, Resident, birthday
from xpassfam.entitlements.judging import NOTHING, Given, Judged, Verdict
from xpassfam.entitlements.language import Right
from xpassfam.rules.ages import age_on
from xpassfam.rules.criteria import Today, atoms_of
from xpassfam.rules.income import good_until
from xpassfam.rules.rights import may_see_right
from xpassfam.rules.visibility import CHILD, Viewer, is_open

YEAR = timedelta(days=366)
# Ages that a family reads about even where no right changes: school, its certificate, majority, the last of childhood.
MILESTONES = frozenset((6, 16, 18, 20))


class What(StrEnum):
    """What becomes of a right. In the order in which a family cares."""

    CLOSES = "closes"
    ASKS = "asks"  # was open: something will be missing
    CHANGES = "changes"  # of amount
    OPENS = "opens"
    MAY_OPEN = "may_open"  # was closed: something is missing


class Cause(StrEnum):
    BIRTHDAY = "birthday"
    SEASON_BEGINS = "season_begins"
    SEASON_ENDED = "season_ended"
    PAPER_ENDED = "paper_ended"
    INCOME_ENDED = "income_ended"
    PERIOD_ENDED = "period_ended"  # of a right that was used
    HOME = "home"  # somebody comes or leaves
    MEMBERSHIP_ENDED = "membership_ended"
    RULES = "rules"
    YEAR = "year"


@dataclass(frozen=True)
class Turn:
    """A right and what becomes of it; `person` (a public identifier) and `name` are empty where it is the home's.

    `is_discreet`: it tells of somebody's health, so no mail names it.
    """

    code: str
    title: str
    what: What
    person: str = ""
    name: str = ""
    before: Given = NOTHING
    after: Given = NOTHING
    is_discreet: bool = False


@dataclass(frozen=True)
class Event:
    """On that day. `person` and `name`: whose birthday, whose paper; empty where it is the home's.

    `age`: of a birthday. `of`: the kind of the paper, or the month of the income.
    """

    on: date
    cause: Cause
    turns: tuple[Turn, ...] = ()
    person: str = ""
    name: str = ""
    age: int | None = None
    of: str = ""

    @property
    def what(self) -> What | None:
        """The gravest; None where nothing changes."""
        found = {turn.what for turn in self.turns}
        return next((what for what in What if what in found), None)

    @property
    def is_worth_a_notice(self) -> bool:
        """A right opens or closes. One that was obtained for its time was so: a sum paid once is not told to end."""
        turns = [turn for turn in self.turns if turn.what is not What.CHANGES]
        if self.cause is Cause.PERIOD_ENDED:
            return any(turn.before.is_monthly for turn in turns)
        return bool(turns)

    @property
    def key(self) -> str:
        """What tells it apart from others of its day."""
        return "|".join((self.cause, self.person, self.of))

    @property
    def last_day(self) -> date:
        """Of how it was until then."""
        return self.on - DAY


def coming(timeline: Timeline, *, after: date, until: date | None = None) -> list[Event]:
    """From the day after `after`, for a year, in order."""
    last = min(until or after + YEAR, after + YEAR)
    changes = list(timeline.changes(after=after, until=last))
    told = [event for on, ones in groupby(changes, key=lambda one: one.on) for event in _of_day(on, ones, timeline)]
    known = {(event.on, event.person) for event in told if event.cause is Cause.BIRTHDAY}
    milestones = [one for one in _milestones(timeline.home, after, last) if (one.on, one.person) not in known]
    return sorted((*told, *milestones), key=lambda event: event.on)


def seen_by(events: Iterable[Event], viewer: Viewer, *, person: str) -> list[Event]:
    """What the reader may know of; `person` is their own public identifier."""
    if may_see_right(viewer, person_id=None, household_id=viewer.household_id):
        return list(events)
    own = (replace(one, turns=tuple(turn for turn in one.turns if turn.person == person)) for one in events)
    return [one for one in own if one.turns or one.person == person]


def _of_day(on: date, changes: Iterable[Change], timeline: Timeline) -> Iterator[Event]:
    """Changes of one cause are told together: a season opens once, for all children."""
    by_event: dict[Event, list[Turn]] = {}
    for change in changes:
        if turn := turn_of(change):
            by_event.setdefault(_event_of(change, timeline), []).append(turn)
    for event, turns in by_event.items():
        if event.cause is Cause.INCOME_ENDED:  # what it closed is not near to open because we forget it
            turns = [turn for turn in turns if turn.what is not What.MAY_OPEN]
        if turns:
            yield replace(event, turns=tuple(turns))


def turn_of(change: Change) -> Turn | None:
    """None where a family would see no difference."""
    what = _what(change.before, change.after)
    if what is None:
        return None
    right, person = change.rule.right, change.person
    before, after = (one.given if one else NOTHING for one in (change.before, change.after))
    who = {"person": person.key, "name": person.name} if person else {}
    return Turn(right.code, right.title, what, **who, before=before, after=after, is_discreet=is_discreet(right))


def is_discreet(right: Right) -> bool:
    """Whether to have it tells of somebody's health: neither a mail nor a certificate names it."""
    return any(kind_of(proof).is_restricted for proof in right.proofs)


def _what(before: Judged | None, after: Judged | None) -> What | None:
    was, becomes = (one.verdict if one else Verdict.NO for one in (before, after))
    if was is Verdict.YES and becomes is Verdict.YES:
        return What.CHANGES
    if becomes is Verdict.YES:
        return What.OPENS
    if becomes is Verdict.UNKNOWN and was is Verdict.NO:
        return What.MAY_OPEN
    if was is not Verdict.YES:
        return None
    return What.ASKS if becomes is Verdict.UNKNOWN else What.CLOSES


def _event_of(change: Change, timeline: Timeline) -> Event:
    """Why: what ends or begins that day, the nearest to the person first."""
    on, home, vocabulary = change.on, timeline.home, timeline.rules_on(change.on).vocabulary
    there = [one for one in home.residents if one.born and birthday(one.born, on.year) == on]
    whose = [one for one in there if one.key == change.person.key] if change.person else there
    if len(whose) == 1:
        return _birthday_event(whose[0], on)
    if cause := _season(change.rule.right, on):
        return Event(on, cause)
    if paper := _paper(change.person, home, on):
        return paper
    for earning in home.earnings:
        if good_until(earning.month, months=vocabulary.income_months) + DAY == on:
            return Event(on, Cause.INCOME_ENDED, of=earning.month.isoformat())
    return Event(on, _other_cause(change, home, timeline))


def _birthday_event(one: Resident, on: date) -> Event:
    age = age_on(on, born=one.born) if one.born else None
    return Event(on, Cause.BIRTHDAY, person=one.key, name=one.name, age=age)


def _season(right: Right, on: date) -> Cause | None:
    for atom in atoms_of(right.criterion):
        if isinstance(atom, Today):
            if atom.since.in_year(on.year) == on:
                return Cause.SEASON_BEGINS
            if atom.until.in_year((on - DAY).year) + DAY == on:
                return Cause.SEASON_ENDED
    return None


def _paper(person: Resident | None, home: Home, on: date) -> Event | None:
    for one in (person,) if person else home.residents:
        for spell in one.papers:
            if spell.until and spell.until + DAY == on:
                return Event(on, Cause.PAPER_ENDED, person=one.key, name=one.name, of=spell.kind)
    return None


def _other_cause(change: Change, home: Home, timeline: Timeline) -> Cause:
    on = change.on
    if home.closed_on == on:
        return Cause.MEMBERSHIP_ENDED
    if any(on in (one.since, one.until) for one in home.residents):
        return Cause.HOME
    if any(use.until + DAY == on and use.right == change.rule.right.code for use in home.uses):
        return Cause.PERIOD_ENDED
    return Cause.RULES if timeline.rules_on(on) != timeline.rules_on(on - DAY) else Cause.YEAR


def _milestones(home: Home, after: date, last: date) -> Iterator[Event]:
    for one in home.residents:
        if one.born is None or one.role != CHILD:
            continue
        for on in (birthday(one.born, year) for year in range(after.year, last.year + 1)):
            is_due = after < on <= last and on.year - one.born.year in MILESTONES
            if is_due and is_open(one.since, one.until, on=on):
                yield _birthday_event(one, on)
