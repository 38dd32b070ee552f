"""Conditions and situations of every shape, for property tests."""

from datetime import date

from hypothesis import strategies as st

from xpassfam.rules import criteria
from xpassfam.rules.criteria import atoms as known

FIELDS = ("who", "since", "amount", "is_studying", "kind", "several")
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
DAYS_OF_YEAR = st.builds(
    lambda day: criteria.DayOfYear(day.month, day.day), st.dates(date(2000, 1, 1), date(2000, 12, 31))
)
COUNTED_ON = st.one_of(
    st.just(criteria.Day()),
    st.builds(criteria.Day, of_year=DAYS_OF_YEAR),
    st.builds(criteria.Day, answer=st.just("since")),
)
OF = st.sampled_from((known.ME, known.EACH, "who", "several"))


def bounds(most):
    """Two bounds in order, one of them at least."""
    some = st.tuples(st.none() | st.integers(0, most), st.none() | st.integers(0, most))
    return some.filter(lambda pair: pair != (None, None)).map(
        lambda pair: tuple(sorted(pair)) if None not in pair else pair
    )


def _age(pair, of, on):
    return criteria.Age(of=of, at_least=pair[0], at_most=pair[1], on=on)


def _children(count, ages, on):
    low, high = ages or (None, None)
    return criteria.Children(at_least=count[0], at_most=count[1], age_at_least=low, age_at_most=high, on=on)


def subset(values):
    return st.lists(st.sampled_from(values), min_size=1, unique=True).map(tuple)


ANSWERS = st.one_of(
    st.builds(criteria.Answer, st.just("kind"), st.just("is"), st.sampled_from("abc")),
    st.builds(criteria.Answer, st.sampled_from(("kind", "several")), st.just("one_of"), subset("abc")),
    st.builds(criteria.Answer, st.just("is_studying"), st.just("is"), st.booleans()),
    st.builds(criteria.Answer, st.sampled_from(FIELDS), st.just("filled"), st.booleans()),
    st.builds(criteria.Answer, st.just("amount"), st.sampled_from(("at_least", "at_most")), st.integers(0, 100_000)),
    st.builds(
        criteria.Answer,
        st.just("since"),
        st.sampled_from(("before", "after")),
        st.just("today") | DAYS.map(date.isoformat),
    ),
)
ATOMS = st.one_of(
    st.builds(_age, bounds(30), OF, COUNTED_ON),
    st.builds(criteria.Role, subset(known.ROLES), OF),
    st.builds(_children, bounds(5), st.none() | bounds(30), COUNTED_ON),
    bounds(4).map(lambda pair: criteria.Adults(*pair)),
    st.builds(criteria.Bracket, subset(known.BRACKETS)),
    st.builds(criteria.Today, DAYS_OF_YEAR, DAYS_OF_YEAR),
    st.builds(criteria.LegalProfile, subset(known.PROFILES)),
    st.builds(criteria.Permission, st.sampled_from(known.ACTS)),
    st.builds(criteria.Frozen, st.booleans()),
    ANSWERS,
)
PAPERS = ("school_certificate", "disability_decision")
# What a right looks at, and a form does not.
OF_RECORDS = st.one_of(
    st.builds(criteria.Paper, st.sampled_from(PAPERS)),
    st.builds(criteria.Activity, subset(known.ACTIVITIES), st.sampled_from((known.EACH, known.ADULTS))),
    st.builds(criteria.Earlier, st.sampled_from(("R02", "R06")), st.integers(0, 2), st.sampled_from(known.WITHIN)),
    st.builds(criteria.Membership, st.booleans()),
)


def _grown(inner):
    parts = st.lists(inner, max_size=4).map(tuple)
    return st.one_of(st.builds(criteria.All, parts), st.builds(criteria.Any, parts), st.builds(criteria.Not, inner))


CONDITIONS = st.recursive(ATOMS, _grown, max_leaves=8).filter(lambda tree: _depth(tree) <= 8)


def _of_rights(inner):
    counts = st.builds(lambda that, pair: criteria.Count(that, *pair), inner, bounds(4))
    return st.one_of(_grown(inner), counts, st.builds(criteria.Named, st.just("notion"), inner))


# Conditions of rights: no answer, no permission of whoever reads.
RIGHTS = st.recursive(
    ATOMS.filter(lambda atom: not isinstance(atom, criteria.Answer | criteria.Permission | criteria.Frozen))
    .filter(lambda atom: getattr(atom, "of", "each") in (known.EACH, known.ADULTS))
    .filter(lambda atom: not getattr(atom, "on", criteria.Day()).answer)
    | OF_RECORDS,
    _of_rights,
    max_leaves=8,
).filter(lambda tree: _depth(tree) <= 8)


def _depth(tree):
    if isinstance(tree, criteria.Not | criteria.Named):
        return 1 + _depth(tree.part)
    if isinstance(tree, criteria.Count):
        return 1 + _depth(tree.that)
    parts = getattr(tree, "parts", ())
    return 1 + max(map(_depth, parts)) if parts else 0


SOMEBODY = st.builds(
    criteria.Someone,
    st.sampled_from(known.ROLES),
    st.none() | DAYS,
    key=st.sampled_from(("p1", "p2", "")),
    papers=st.frozensets(st.sampled_from(PAPERS)),
    activity=st.sampled_from(("", *known.ACTIVITIES)),
)
NAMES = ("p1", "p2", "p3", "p4")
GIVEN = st.fixed_dictionaries(
    {},
    optional={
        "who": st.sampled_from(NAMES),
        "several": st.lists(st.sampled_from(NAMES) | st.sampled_from("abc"), max_size=3, unique=True),
        "since": DAYS.map(date.isoformat),
        "amount": st.integers(0, 100_000),
        "is_studying": st.booleans(),
        "kind": st.sampled_from("abc"),
    },
)
SITUATIONS = st.builds(
    criteria.Situation,
    today=DAYS,
    me=SOMEBODY,
    persons=st.dictionaries(st.sampled_from(NAMES), SOMEBODY),
    bracket=st.sampled_from(("", *known.BRACKETS)),
    profile=st.sampled_from(known.PROFILES),
    acts=st.frozensets(st.sampled_from(known.ACTS)),
    is_frozen=st.booleans(),
    answers=GIVEN,
    each=st.none() | SOMEBODY,
    is_member=st.booleans(),
    uses=st.lists(
        st.builds(criteria.PastUse, st.sampled_from(("R02", "R06")), st.sampled_from(("p1", "")), DAYS), max_size=3
    ).map(tuple),
)
