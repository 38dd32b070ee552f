"""What one atom answers in a situation. A register's worth of homes is asked these: each is as short as it can be."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any as Whatever

from xpassfam.rules.ages import age_on
from xpassfam.rules.criteria.atoms import (
    ADULTS,
    EACH,
    ME,
    TODAY,
    Activity,
    Adults,
    Age,
    Answer,
    Bracket,
    Children,
    Day,
    Earlier,
    Frozen,
    LegalProfile,
    Membership,
    Paper,
    Permission,
    Role,
    Today,
)
from xpassfam.rules.criteria.situations import Situation, Someone
from xpassfam.rules.criteria.trees import Criterion
from xpassfam.rules.criteria.truths import Truth, every_named, same, truth_if
from xpassfam.rules.time_limits import add_months
from xpassfam.rules.visibility import CHILD, COUPLE_ROLES

SCHOOL_MONTH = 9


def who(of: str, situation: Situation) -> list[Someone | None]:
    """The persons that an atom is about; None for one whom nobody knows."""
    if of == EACH:
        return [situation.each]
    if of == ME:
        return [situation.me]
    if of == ADULTS:
        return [one for one in situation.persons.values() if one.role in COUPLE_ROLES]
    named = situation.answers.get(of)
    return [situation.persons.get(one) for one in (named if isinstance(named, list | tuple) else [named]) if one]


def year_around(day: date, within: str) -> tuple[date, date]:
    """Its first and last days: a calendar year, a school year (1 September – 31 August), or the twelve months that
    end on `day`."""
    if within == "calendar_year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if within == "school_year":
        begins = day.year if day.month >= SCHOOL_MONTH else day.year - 1
        return date(begins, SCHOOL_MONTH, 1), date(begins + 1, SCHOOL_MONTH - 1, 31)
    return add_months(day, -12) + timedelta(days=1), day


def is_within(number: int, at_least: int | None, at_most: int | None) -> bool:
    return (at_least is None or number >= at_least) and (at_most is None or number <= at_most)


def _age(atom: Age, situation: Situation) -> Truth:
    day = _day(atom.on, situation)
    if day is None:
        return Truth.UNKNOWN
    return every_named([_is_aged(one, atom, day) for one in who(atom.of, situation)])


def _is_aged(one: Someone | None, atom: Age, day: date) -> Truth:
    if one is None or one.born is None:
        return Truth.UNKNOWN
    return truth_if(is_within(age_on(day, born=one.born), atom.at_least, atom.at_most))


def _role(atom: Role, situation: Situation) -> Truth:
    ones = who(atom.of, situation)
    return every_named([truth_if(one.role in atom.one_of) if one else Truth.UNKNOWN for one in ones])


def _children(atom: Children, situation: Situation) -> Truth:
    """A child without a birth date may be of the ages asked for, or not: it decides nothing by itself."""
    day = _day(atom.on, situation)
    if day is None:
        return Truth.UNKNOWN
    sure = maybe = 0
    for one in situation.persons.values():
        if one.role != CHILD:
            continue
        if atom.age_at_least is None and atom.age_at_most is None:
            sure += 1
        elif one.born is None:
            maybe += 1
        else:
            sure += is_within(age_on(day, born=one.born), atom.age_at_least, atom.age_at_most)
    return same([is_within(sure + extra, atom.at_least, atom.at_most) for extra in range(maybe + 1)])


def _adults(atom: Adults, situation: Situation) -> Truth:
    count = sum(one.role != CHILD for one in situation.persons.values())
    return truth_if(is_within(count, atom.at_least, atom.at_most))


def _bracket(atom: Bracket, situation: Situation) -> Truth:
    return truth_if(situation.bracket in atom.one_of) if situation.bracket else Truth.UNKNOWN


def _today(atom: Today, situation: Situation) -> Truth:
    day = (situation.today.month, situation.today.day)
    first, last = (atom.since.month, atom.since.day), (atom.until.month, atom.until.day)
    return truth_if(first <= day <= last if first <= last else day >= first or day <= last)


def _profile(atom: LegalProfile, situation: Situation) -> Truth:
    return truth_if(situation.profile in atom.one_of) if situation.profile else Truth.UNKNOWN


def _permission(atom: Permission, situation: Situation) -> Truth:
    return truth_if(atom.act in situation.acts)


def _frozen(atom: Frozen, situation: Situation) -> Truth:
    return truth_if(situation.is_frozen == atom.is_frozen)


def _paper(atom: Paper, situation: Situation) -> Truth:
    if any(one is not None and atom.kind in one.papers for one in who(atom.of, situation)):
        return Truth.YES
    return Truth.NO if atom.is_no_without else Truth.UNKNOWN


def _activity(atom: Activity, situation: Situation) -> Truth:
    does = [one.activity if one else "" for one in who(atom.of, situation)]
    return every_named([truth_if(one in atom.one_of) if one else Truth.UNKNOWN for one in does])


def _earlier(atom: Earlier, situation: Situation) -> Truth:
    first, last = year_around(situation.today, atom.within)
    key = situation.each.key if situation.each else ""
    uses = [use for use in situation.uses if use.right == atom.right and use.person == key and first <= use.on <= last]
    return truth_if(len(uses) <= atom.at_most)


def _membership(atom: Membership, situation: Situation) -> Truth:
    return truth_if(situation.is_member == atom.is_active)


def _answer(atom: Answer, situation: Situation) -> Truth:
    """Nothing answered is unknown, but to whoever asks whether something was."""
    given = situation.answers.get(atom.field)
    is_filled = given not in (None, "", [], {})
    if atom.operator == "filled":
        return truth_if(is_filled == atom.value)
    if not is_filled:
        return Truth.UNKNOWN
    if atom.operator in ("is", "one_of"):
        wanted = atom.value if isinstance(atom.value, tuple) else (atom.value,)
        ones = given if isinstance(given, list | tuple) else [given]
        return truth_if(any(_is_same(one, value) for one in ones for value in wanted))
    if atom.operator in ("at_least", "at_most"):
        return _number(given, atom)
    return _dates(given, atom, situation.today)


def _is_same(one: Whatever, value: Whatever) -> bool:
    """`True` is not 1: yes is no number."""
    return type(one) is type(value) and bool(one == value)


def _number(given: Whatever, atom: Answer) -> Truth:
    if isinstance(given, bool) or not isinstance(given, int) or not isinstance(atom.value, int):
        return Truth.UNKNOWN
    return truth_if(given >= atom.value if atom.operator == "at_least" else given <= atom.value)


def _dates(given: Whatever, atom: Answer, today: date) -> Truth:
    day, bound = _as_date(given, today), _as_date(atom.value, today)
    if day is None or bound is None:
        return Truth.UNKNOWN
    return truth_if(day < bound if atom.operator == "before" else day > bound)


def _day(on: Day, situation: Situation) -> date | None:
    if on.answer:
        return _as_date(situation.answers.get(on.answer), situation.today)
    return on.of_year.in_year(situation.today.year) if on.of_year else situation.today


def _as_date(text: Whatever, today: date) -> date | None:
    if text == TODAY:
        return today
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


LOOKS: Mapping[type[Criterion], Callable[[Whatever, Situation], Truth]] = {
    Age: _age,
    Role: _role,
    Children: _children,
    Adults: _adults,
    Bracket: _bracket,
    Today: _today,
    LegalProfile: _profile,
    Permission: _permission,
    Frozen: _frozen,
    Answer: _answer,
    Paper: _paper,
    Activity: _activity,
    Earlier: _earlier,
    Membership: _membership,
}
