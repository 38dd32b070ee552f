from datetime import date

import pytest

from xpassfam.rules.granting import Held, is_last_that_changes, may_be_invited, may_end
from xpassfam.rules.visibility import Viewer

TODAY = date(2026, 11, 24)
HOLDER, PARTNER, HELPER, GUARDIAN, AUNT = range(1, 6)
HELD = {
    HOLDER: Held(HOLDER, "all", role="holder"),
    PARTNER: Held(PARTNER, "all", role="partner"),
    HELPER: Held(HELPER, "requests", origin="invitation"),
    GUARDIAN: Held(GUARDIAN, "all"),
    AUNT: Held(AUNT, "view", role="other_adult"),
}
VIEWERS = {
    HOLDER: Viewer(HOLDER, 1, TODAY, role="holder"),
    PARTNER: Viewer(PARTNER, 1, TODAY, role="partner"),
    HELPER: Viewer(HELPER, 1, TODAY, permission="requests"),
    GUARDIAN: Viewer(GUARDIAN, 1, TODAY, represents=True),
    AUNT: Viewer(AUNT, 1, TODAY, permission="view", role="other_adult"),
}
MAY_END = {
    HOLDER: {HOLDER, HELPER, AUNT},
    PARTNER: {PARTNER, HELPER},
    HELPER: {HELPER},
    GUARDIAN: {GUARDIAN},
    AUNT: {AUNT},
}


@pytest.mark.parametrize("who", HELD)
def test_each_ends_what_is_theirs_to_end(who):
    ended = {
        one for one, held in HELD.items()
        if may_end(VIEWERS[who], held, [other for key, other in HELD.items() if key != one])
    }  # fmt: skip

    assert ended == MAY_END[who]


@pytest.mark.parametrize("who", HELD)
def test_nothing_ends_while_a_separation_is_declared(who):
    frozen = Viewer(who, 1, TODAY, role=HELD[who].role, is_frozen=True)

    assert not any(may_end(frozen, held, HELD.values()) for held in HELD.values())


def test_the_last_access_that_can_change_the_file_stays():
    holder, helper = HELD[HOLDER], HELD[HELPER]

    assert not may_end(VIEWERS[HOLDER], holder, [helper])
    assert may_end(VIEWERS[HOLDER], helper, [holder])
    assert is_last_that_changes(holder, [Held(PARTNER, "all", role="partner", until=date(2027, 1, 1))])
    assert not is_last_that_changes(holder, [HELD[PARTNER]])


def test_whoever_cannot_sign_in_keeps_no_file_open():
    without_account = Held(PARTNER, "all", role="other_adult", signs_in=False)

    assert is_last_that_changes(HELD[HOLDER], [without_account])
    assert not may_end(VIEWERS[HOLDER], HELD[HOLDER], [without_account])
    assert may_end(VIEWERS[HOLDER], without_account, [HELD[HOLDER]])


def test_a_partner_is_put_out_by_nobody_however_they_were_let_in():
    invited = Held(PARTNER, "all", role="partner", origin="invitation")
    other_partner = Viewer(9, 1, TODAY, role="partner")

    assert not may_end(VIEWERS[HOLDER], invited, [HELD[HOLDER]])
    assert not may_end(other_partner, invited, [HELD[HOLDER]])
    assert may_end(VIEWERS[PARTNER], invited, [HELD[HOLDER]])


def test_adults_are_invited_and_nobody_else():
    assert may_be_invited(born=date(2008, 11, 24), on=TODAY)
    assert not may_be_invited(born=date(2008, 11, 25), on=TODAY)
    assert not may_be_invited(born=None, on=TODAY)
