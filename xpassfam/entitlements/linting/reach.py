"""What a condition can never answer, whoever asks.

Each thing looked at (an age on a day, the bracket, a document…) takes the few values that its bounds tell apart; the
condition is held against all of them together. What is related but not the same thing (an age today, the age on 31
December) is taken as free: nothing is called impossible that is not.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any as Whatever

from django.utils.translation import gettext as _

from xpassfam.definitions.yaml_text import Path
from xpassfam.entitlements.language import Audience, Right
from xpassfam.entitlements.linting.finding import Finding, nodes_of
from xpassfam.rules import criteria
from xpassfam.rules.criteria import All, Any, Count, Criterion, Named, Not
from xpassfam.rules.criteria.atoms import ACTIVITIES, ADULTS, BRACKETS, EACH, PROFILES, ROLES

MOST_WORLDS = 4096
LEAP_YEAR = 2000
World = Mapping[Criterion, bool]


def of_right(right: Right) -> Iterator[Finding]:
    yield from _of_persons(right)
    yield from of_condition(right.criterion, ("criterion",))
    if right.amount:
        yield from of_condition(right.amount.persons, ("amount", "persons"), is_always_fine=True)


def of_condition(criterion: Criterion, path: Path, *, is_always_fine: bool = False) -> Iterator[Finding]:
    """Of the whole, then of each thing that it looks at. Nothing is said of a condition with too many cases."""
    for place, node in nodes_of(criterion, path):
        if isinstance(node, Count):
            yield from of_condition(node.that, (*place, "count", "that"), is_always_fine=True)
    worlds = worlds_of(criterion)
    if not worlds:
        return
    answers = [_holds(criterion, world) for world in worlds]
    if not any(answers):
        yield Finding(
            path, _("Personne ne peut remplir cette condition : des parties se contredisent."), is_refused=True
        )
    elif all(answers):
        if not is_always_fine:
            yield Finding(path, _("Tout le monde remplit cette condition."))
    else:
        yield from _idle(criterion, path, worlds, answers)


def _of_persons(right: Right) -> Iterator[Finding]:
    """Nobody files a right, and a home's right is about no person."""
    inside = [place for place, node in nodes_of(right.criterion, ("criterion",)) if isinstance(node, Count)]
    for place, node in nodes_of(right.criterion, ("criterion",)):
        of = getattr(node, "of", ADULTS)
        if of not in (EACH, ADULTS):
            text = _("Un droit ne sait pas qui le demande : écrivez « of: each » ou « of: adults ».")
            yield Finding(place, text, is_refused=True)
        is_counted = any(place[: len(one)] == one for one in inside)
        if of == EACH and right.audience is Audience.HOUSEHOLD and not is_counted:
            text = _("Ce droit est celui du foyer : cette condition regarde une personne, et ne sera jamais connue.")
            yield Finding(place, text, is_refused=True)


def _idle(criterion: Criterion, path: Path, worlds: list[World], answers: list[bool]) -> Iterator[Finding]:
    for place, node in nodes_of(criterion, path):
        if node not in worlds[0]:
            continue
        for forced in (True, False):
            if all(_holds(criterion, {**world, node: forced}) is so for world, so in zip(worlds, answers, strict=True)):
                text = _("Cette condition ne change jamais la réponse : une autre dit déjà la même chose.")
                yield Finding(place, text)
                break


def can_refuse(criterion: Criterion) -> bool:
    """Whether it ever answers no: a document that was not given is no « no », it may come."""
    papers = (leaf for leaf in _leaves(criterion) if isinstance(leaf, criteria.Paper) and not leaf.is_no_without)
    given: dict[Criterion, bool] = dict.fromkeys(papers, True)
    worlds = worlds_of(criterion)
    return not worlds or not all(_holds(criterion, {**world, **given}) for world in worlds)


def worlds_of(criterion: Criterion) -> list[World]:
    """Every way in which the things looked at may be together; none where there are too many."""
    by_thing: dict[Whatever, list[Criterion]] = {}
    for leaf in dict.fromkeys(_leaves(criterion)):
        by_thing.setdefault(_thing(leaf), []).append(leaf)
    ways = [_ways(leaves) for leaves in by_thing.values()]
    count = 1
    for one in ways:
        count *= len(one)
    if count > MOST_WORLDS:
        return []
    return [dict(itertools.chain.from_iterable(chosen)) for chosen in itertools.product(*ways)]


def _ways(leaves: list[Criterion]) -> list[tuple[tuple[Criterion, bool], ...]]:
    """The different answers that these give together."""
    values = _values(leaves)
    return list(dict.fromkeys(tuple((leaf, _is_so(leaf, value)) for leaf in leaves) for value in values))


def _leaves(criterion: Criterion) -> Iterator[Criterion]:
    if isinstance(criterion, All | Any):
        for part in criterion.parts:
            yield from _leaves(part)
    elif isinstance(criterion, Not | Named):
        yield from _leaves(criterion.part)
    else:
        yield criterion


def _holds(criterion: Criterion, world: World) -> bool:
    match criterion:
        case All(parts):
            return all(_holds(part, world) for part in parts)
        case Any(parts):
            return any(_holds(part, world) for part in parts)
        case Not(part):
            return not _holds(part, world)
        case Named(_, part):
            return _holds(part, world)
        case _:
            return world[criterion]


def _thing(leaf: Criterion) -> Whatever:
    """What it looks at: two of the same thing are answered together."""
    match leaf:
        case criteria.Age(of=of, on=on):
            return criteria.Age, of, on
        case criteria.Children(age_at_least=low, age_at_most=high, on=on):
            return criteria.Children, low, high, on
        case Count(that):
            return Count, that
        case criteria.Paper(kind=kind, of=of):
            return criteria.Paper, kind, of
        case criteria.Activity(of=of) | criteria.Role(of=of):
            return type(leaf), of
        case criteria.Earlier(right=right, within=within):
            return criteria.Earlier, right, within
        case _:
            return type(leaf)


def _values(leaves: list[Whatever]) -> Iterable[Whatever]:
    """The values of that thing which these tell apart."""
    match leaves[0]:
        case criteria.Bracket():
            return BRACKETS
        case criteria.LegalProfile():
            return PROFILES
        case criteria.Role():
            return ROLES
        case criteria.Activity(of=of):
            return itertools.combinations_with_replacement(ACTIVITIES, 2) if of == ADULTS else zip(ACTIVITIES)
        case criteria.Today():
            days = {day.in_year(LEAP_YEAR) for leaf in leaves for day in (leaf.since, leaf.until)}
            return sorted({day + timedelta(days=more) for day in days for more in (-1, 0, 1)})
        case criteria.Paper() | criteria.Membership():
            return (True, False)
        case criteria.Earlier():
            return range(max(leaf.at_most for leaf in leaves) + 2)
        case _:
            bounds = {bound for leaf in leaves for bound in (leaf.at_least, leaf.at_most) if bound is not None}
            return sorted({max(0, bound + more) for bound in bounds for more in (-1, 0, 1)})


def _is_so(leaf: Criterion, value: Whatever) -> bool:
    match leaf:
        case criteria.Bracket(one_of) | criteria.LegalProfile(one_of) | criteria.Role(one_of=one_of):
            return value in one_of
        case criteria.Activity(one_of=one_of):
            return all(one in one_of for one in value)
        case criteria.Today(since, until):
            return _is_between(value, since.in_year(LEAP_YEAR), until.in_year(LEAP_YEAR))
        case criteria.Paper():
            return bool(value)
        case criteria.Membership(is_active):
            return bool(value) is is_active
        case criteria.Earlier(at_most=at_most):
            return bool(value <= at_most)
        case criteria.Age() | criteria.Children() | criteria.Adults() | Count():
            is_enough = leaf.at_least is None or value >= leaf.at_least
            return is_enough and (leaf.at_most is None or value <= leaf.at_most)
        case _:
            return False


def _is_between(day: date, since: date, until: date) -> bool:
    day = day.replace(year=LEAP_YEAR)
    return since <= day <= until if since <= until else day >= since or day <= until
