"""Who sees and changes which fact: a table to read line by line, and bounds that no setting moves."""

import itertools

import pytest

from xpassfam.rules.field_policy import FACTS, Audience, Mode, Rule, Whose, audience_of, comes_to, modes_offered

HOLDER, PARTNER, OTHER = Audience.HOLDER, Audience.PARTNER, Audience.OTHER_ADULT
EVERY = list(itertools.product(FACTS, Audience, Mode, [True, False], [True, False]))

# fact, who, what the organisation chose, may the access change, lives the child in two homes → what it comes to
CASES = [
    ("phone", HOLDER, Mode.AT_ONCE, True, False, Mode.AT_ONCE),
    ("phone", OTHER, Mode.AT_ONCE, True, False, Mode.AT_ONCE),
    ("phone", HOLDER, Mode.AT_ONCE, False, False, Mode.SHOWN),
    ("phone", HOLDER, Mode.HIDDEN, True, False, Mode.HIDDEN),
    ("phone", HOLDER, Mode.HIDDEN, False, False, Mode.HIDDEN),
    ("last_name", HOLDER, Mode.HIDDEN, True, False, Mode.SHOWN),
    ("address", PARTNER, Mode.AT_ONCE, True, False, Mode.AT_ONCE),
    ("address", OTHER, Mode.AT_ONCE, True, False, Mode.SHOWN),
    ("address", OTHER, Mode.APPROVAL, True, False, Mode.SHOWN),
    ("address", OTHER, Mode.HIDDEN, True, False, Mode.HIDDEN),
    ("child_first_names", HOLDER, Mode.AT_ONCE, True, False, Mode.AT_ONCE),
    ("child_first_names", HOLDER, Mode.AT_ONCE, True, True, Mode.APPROVAL),
    ("child_birth_date", OTHER, Mode.APPROVAL, True, False, Mode.SHOWN),
]


@pytest.mark.parametrize(("fact", "audience", "chosen", "may_change", "is_shared", "expected"), CASES)
def test_what_a_choice_comes_to(fact, audience, chosen, may_change, is_shared, expected):
    found = comes_to(Rule(chosen), FACTS[fact], audience=audience, may_change=may_change, is_shared=is_shared)
    assert found is expected


@pytest.mark.parametrize(("code", "audience", "chosen", "may_change", "is_shared"), EVERY)
def test_no_setting_moves_the_bounds(code, audience, chosen, may_change, is_shared):
    fact = FACTS[code]
    found = comes_to(Rule(chosen), fact, audience=audience, may_change=may_change, is_shared=is_shared)

    if not may_change or (fact.whose is not Whose.SELF and audience is OTHER):
        assert not found.is_open
    if is_shared:
        assert found is not Mode.AT_ONCE
    if not fact.can_hide:
        assert found is not Mode.HIDDEN


def test_what_a_fresh_portal_does_is_within_what_it_offers():
    for fact in FACTS.values():
        for audience, rule in fact.usual.items():
            assert rule.mode in modes_offered(fact, audience)


def test_who_does_not_live_in_the_home_is_another_adult_there():
    roles = ["holder", "partner", "other_adult", "dependent_child", ""]
    assert [audience_of(role) for role in roles] == [HOLDER, PARTNER, OTHER, OTHER, OTHER]
