"""What silence comes to, and when: cases for a jurist to read."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xpassfam.rules.silence import Effect, Silence, SilenceRule, effect_of_silence
from xpassfam.rules.time_limits import Delay, Pause, Unit

ACCEPTANCE = SilenceRule(Effect.ACCEPTANCE, "CRPA, art. L231-1")
REJECTION = SilenceRule(Effect.REJECTION, "CRPA, art. L231-4")
FILED = date(2026, 3, 15)


def is_working(day):
    return day.weekday() < 5


def silence(rule, *pauses, profile="adm"):
    return effect_of_silence(profile, rule, filed_on=FILED, pauses=pauses, is_working=is_working)


def test_the_silence_of_an_administration_has_a_day_and_a_basis():
    assert silence(ACCEPTANCE) == Silence(Effect.ACCEPTANCE, date(2026, 5, 15), "CRPA, art. L231-1")
    assert silence(REJECTION) == Silence(Effect.REJECTION, date(2026, 5, 15), "CRPA, art. L231-4")


@pytest.mark.parametrize("profile", ["mut", "cse", "asso", "ent"])
@pytest.mark.parametrize("rule", [ACCEPTANCE, REJECTION])
def test_the_silence_of_the_others_means_nothing(profile, rule):
    assert silence(rule, profile=profile) is None


def test_a_procedure_may_have_no_effect_of_silence():
    assert silence(SilenceRule(Effect.NONE, "")) is None


def test_a_decree_may_give_another_delay():
    rule = SilenceRule("rejection", "décret", Delay(4, Unit.MONTHS))
    assert silence(rule).on == date(2026, 7, 15)


def test_an_acceptance_waits_for_the_indispensable_pieces():
    assert silence(ACCEPTANCE, Pause(date(2026, 3, 20), date(2026, 4, 20))).on is None


def test_an_acceptance_begins_again_whole_when_they_arrive():
    assert silence(ACCEPTANCE, Pause(date(2026, 3, 20), date(2026, 4, 20), date(2026, 4, 2))).on == date(2026, 6, 2)


@pytest.mark.parametrize(
    ("ended", "on"),
    [
        (None, date(2026, 6, 15)),  # nothing came: thirty-one days were given
        (date(2026, 4, 2), date(2026, 5, 28)),  # thirteen days later, before the end
        (date(2026, 4, 29), date(2026, 6, 15)),  # after it: the clock had gone on since 20 April
        (date(2026, 3, 20), date(2026, 5, 15)),
    ],
)
def test_a_rejection_is_suspended_for_the_time_given_at_most(ended, on):
    assert silence(REJECTION, Pause(date(2026, 3, 20), date(2026, 4, 20), ended)).on == on


def test_days_given_twice_suspend_once():
    first = Pause(date(2026, 3, 20), date(2026, 3, 30))
    second = Pause(date(2026, 3, 25), date(2026, 4, 4))
    assert silence(REJECTION, second, first).on == date(2026, 5, 30)


@pytest.mark.parametrize("rule", [ACCEPTANCE, REJECTION])
def test_what_is_asked_for_too_late_changes_nothing(rule):
    assert silence(rule, Pause(date(2026, 5, 16), date(2026, 6, 16))).on == date(2026, 5, 15)


def test_an_acceptance_that_waits_never_comes():
    assert silence(ACCEPTANCE, Pause(FILED, FILED)).on is None


@given(
    st.sampled_from([ACCEPTANCE, REJECTION]), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 40)), max_size=4)
)
def test_a_pause_never_brings_the_day_nearer(rule, waits):
    pauses = [
        Pause(asked := FILED + timedelta(days=after), asked + timedelta(days=20), asked + timedelta(days=lasting))
        for after, lasting in waits
    ]
    assert silence(rule, *pauses).on >= silence(rule).on
    assert silence(rule, *pauses) == silence(rule, *reversed(pauses))
