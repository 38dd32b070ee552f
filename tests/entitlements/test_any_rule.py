"""What holds of every right that can be published, in every home, whatever an organisation writes."""

import random
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.entitlements.texts import VOCABULARY
from tests.rules.criteria.trees import PAPERS
from tests.rules.criteria.trees import RIGHTS as CONDITIONS
from xpassfam.definitions.trees import dump
from xpassfam.entitlements import linting
from xpassfam.entitlements.asking import LOOKING_AHEAD, LOOKING_BACK, ask, judge_all
from xpassfam.entitlements.home import Earning, Home, Resident, Spell, Used
from xpassfam.entitlements.judging import period_around
from xpassfam.entitlements.language import Amount, Audience, Opening, Period, Refused, Right, load_right
from xpassfam.entitlements.language.model import Texts
from xpassfam.entitlements.language.writing import text_of
from xpassfam.entitlements.rules import Rule, Rules
from xpassfam.entitlements.wording.answers import facts_of, sentence_of
from xpassfam.rules.criteria import Age, All, Any, Bracket, Count, DayOfYear, Named, Not, Today, Truth, atoms_of
from xpassfam.rules.criteria.atoms import ACTIVITIES, PROFILES

DEPENDENT = {one.name: one.criterion for one in VOCABULARY.notions}["dependent_child"]
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)


# Most conditions drawn at random answer the same of everybody for ever: an age does not.
AGES = st.builds(
    lambda low, more, part: All((Age(at_least=low, at_most=low + more), part)),
    st.integers(0, 20),
    st.integers(0, 8),
    st.just(All(())) | st.just(Today(DayOfYear(3, 15), DayOfYear(10, 2))) | st.just(Bracket(("T1", "T2", "T3"))),
)


def known(condition):
    """The same, whose notions are those of the vocabulary."""
    match condition:
        case All(parts) | Any(parts):
            return type(condition)(tuple(known(part) for part in parts))
        case Not(part):
            return Not(known(part))
        case Named():
            return Named("dependent_child", DEPENDENT)
        case Count(that):
            return replace(condition, that=known(that))
        case _:
            return condition


@st.composite
def rights(draw):
    """Those that the schema, the meaning and the reading over let through, as `load_right` gives them."""
    amount = draw(st.none() | st.integers(0, 900).map(lambda value: Amount(value=value)))
    wanted = Right(
        code="R20",
        title="Aide",
        summary="Une aide.",
        law="Règlement",
        since="2020-01-01",
        audience=draw(st.sampled_from((Audience.CHILD, Audience.CHILD, Audience.HOUSEHOLD))),
        opening=draw(st.sampled_from((Opening.AUTOMATIC, Opening.REVIEWED))),
        criterion=draw(CONDITIONS.map(known) | AGES),
        texts=Texts(yes="Oui.", no={"other": "Non."}, unknown={"other": "Il manque quelque chose."}),
        amount=amount,
        period=draw(st.sampled_from(Period)),
        shared=draw(st.booleans()),
    )
    try:
        right = load_right(text_of(dump(wanted)), VOCABULARY)
    except Refused:
        assume(False)
    assume(not any(one.is_refused for one in linting.of_right(right, VOCABULARY, profile="asso")))
    return right


def spells(kinds):
    spans = st.tuples(st.none() | DAYS, st.none() | DAYS).filter(lambda two: None in two or two[0] <= two[1])
    return st.lists(st.builds(lambda kind, span: Spell(kind, *span), st.sampled_from(kinds), spans), max_size=2).map(
        tuple
    )


@st.composite
def homes(draw):
    children = tuple(
        Resident(
            f"p{n}",
            f"Enfant {n}",
            "dependent_child",
            born=draw(st.none() | st.dates(date(2004, 1, 1), date(2026, 1, 1))),
            share=draw(st.sampled_from((50, 100))),
            since=draw(st.none() | DAYS),
            papers=draw(spells(PAPERS)),
            activities=draw(spells(ACTIVITIES)),
        )
        for n in range(draw(st.integers(0, 3)))
    )
    adults = tuple(
        Resident(f"a{n}", f"Adulte {n}", role, born=date(1988, 4, 12), activities=draw(spells(ACTIVITIES)))
        for n, role in enumerate(draw(st.sampled_from((("holder",), ("holder", "partner")))))
    )
    months = draw(st.lists(DAYS.map(lambda day: day.replace(day=1)), max_size=3, unique=True))
    uses = [
        Used(right, draw(st.sampled_from(("p0", ""))), day, *period_around(day, Period.CALENDAR_YEAR))
        for right, day in draw(st.lists(st.tuples(st.sampled_from(("R02", "R20")), DAYS), max_size=2))
    ]
    return Home(
        "h",
        (*adults, *children),
        tuple(Earning(month, draw(st.integers(0, 2000)) * 100) for month in months),
        tuple(uses),
        profile=draw(st.sampled_from(PROFILES)),
        closed_on=draw(st.none() | DAYS),
    )


def asked(right, home, day):
    return ask(home, day, lambda _day: Rules(VOCABULARY, (Rule(right),)))


def state(right, home, day, key):
    found = judge_all(home, day, Rules(VOCABULARY, (Rule(right),))).get(key)
    return found and found[2].state


@SLOW
@given(rights(), homes(), DAYS)
def test_every_question_has_an_answer_in_words(right, home, day):
    found = asked(right, home, day)
    for answer in found.answers:
        assert sentence_of(answer, found).strip()
        assert all(fact.rule for fact in facts_of(answer, found))


@SLOW
@given(rights(), homes(), DAYS)
def test_an_answer_never_contradicts_its_explanation(right, home, day):
    """What keeps from a yes is told; what is told to be unknown alone makes an unknown."""
    for answer in asked(right, home, day).answers:
        met = {leaf.met for leaf in answer.leaves}
        if answer.person is None and right.audience is Audience.CHILD:
            assert answer.answer == "no"
        elif answer.used_on:
            assert answer.answer == "yes"
        elif answer.answer == "unknown":
            assert Truth.UNKNOWN in met
        elif answer.answer == "yes" and met == {Truth.NO}:
            raise AssertionError("a yes of which nothing told is met")


@SLOW
@given(rights(), homes(), DAYS, st.integers())
def test_the_order_of_conditions_changes_no_answer_and_no_span(right, home, day, seed):
    other = replace(right, criterion=shuffled(right.criterion, random.Random(seed)))
    before, after = asked(right, home, day), asked(other, home, day)

    told = [
        [(one.key, one.verdict, one.given, one.since, one.until) for one in found.answers] for found in (before, after)
    ]
    assert told[0] == told[1]
    for one, two in zip(before.answers, after.answers, strict=True):
        assert {(leaf.criterion, leaf.met, leaf.decides) for leaf in one.leaves if not composed(leaf)} == {
            (leaf.criterion, leaf.met, leaf.decides) for leaf in two.leaves if not composed(leaf)
        }


@SLOW
@given(rights(), homes(), DAYS, st.integers(0, 2000))
def test_where_the_income_alone_changes_the_answer_it_is_told(right, home, day, quotient):
    """So for whatever is looked at: `tests/rules/criteria` holds it for each atom."""
    month = day.replace(day=1)
    richer = replace(
        home, earnings=(*(one for one in home.earnings if one.month < month), Earning(month, quotient * 100))
    )
    before, after = asked(right, home, day), asked(right, richer, day)
    for one, two in zip(before.answers, after.answers, strict=True):
        if one.verdict is not two.verdict:
            told = {atom for leaf in one.leaves for atom in atoms_of(leaf.criterion)}
            assert any(isinstance(atom, Bracket) for atom in told)


@SLOW
@given(rights(), homes(), DAYS, st.randoms(use_true_random=False))
def test_since_and_until_are_true(right, home, day, luck):
    """Each day of the span has the same answer, the days around it another."""
    for answer in asked(right, home, day).answers:
        now = state(right, home, day, answer.key)
        first = answer.since or day - LOOKING_BACK
        last = answer.until or day + LOOKING_AHEAD
        assert first <= day <= last
        inside = {first, last, *(first + timedelta(days=luck.randint(0, (last - first).days)) for _ in range(40))}

        assert {state(right, home, one, answer.key) == now for one in inside} == {True}
        if answer.since:
            assert state(right, home, first - timedelta(days=1), answer.key) != now
        if answer.until:
            assert state(right, home, last + timedelta(days=1), answer.key) != now


def shuffled(condition, luck):
    match condition:
        case All(parts) | Any(parts):
            parts = [shuffled(part, luck) for part in parts]
            luck.shuffle(parts)
            return type(condition)(tuple(parts))
        case Not(part):
            return Not(shuffled(part, luck))
        case _:
            return condition


def composed(leaf):
    """A condition of conditions, which the shuffle changed within."""
    return isinstance(leaf.criterion, All | Any | Not)
