"""The table of what may follow what: a jurist can read it, and nothing else can happen."""

import pytest

from xpassfam.filings.states import (
    AT_DESK,
    DECIDED,
    ENDED,
    GRANTED,
    PENDING,
    TRANSITIONS,
    Event,
    NotPossible,
    Status,
    after,
    may_happen,
)


def test_every_state_but_a_draft_is_waited_for_or_ended():
    assert {*PENDING, *ENDED, Status.DRAFT} == set(Status)
    assert not set(PENDING) & set(ENDED)


def test_every_state_is_reached_from_a_draft():
    reached, found = {Status.DRAFT}, {Status.DRAFT}
    while found:
        found = {to for (state, _event), to in TRANSITIONS.items() if state in found} - reached
        reached |= found
    assert reached == set(Status)


def test_every_event_happens_somewhere():
    assert {event for _state, event in TRANSITIONS} == set(Event)


def test_nothing_leaves_an_ended_filing_but_a_contest_a_correction_or_a_reserve_that_is_lifted():
    leaving = {(state, event) for state, event in TRANSITIONS if state in ENDED}
    reopened = {(state, Event.REOPEN) for state in (*DECIDED, Status.CLOSED)}
    corrected = {(state, Event.CORRECT) for state in GRANTED}
    assert leaving == {(Status.APPROVED_UNDER_RESERVE, Event.LIFT_RESERVE)} | reopened | corrected


def test_a_refusal_waits_while_the_family_has_time_to_complete():
    assert not may_happen(Status.AWAITING_APPLICANT, Event.REFUSE)
    assert may_happen(Status.AWAITING_APPLICANT, Event.APPROVE)


@pytest.mark.parametrize("state", PENDING)
def test_a_family_withdraws_what_was_not_answered(state):
    assert after(state, Event.WITHDRAW) is Status.WITHDRAWN


@pytest.mark.parametrize("state", AT_DESK)
def test_whatever_is_on_the_desk_can_be_decided(state):
    decisions = (Event.APPROVE, Event.APPROVE_UNDER_RESERVE, Event.APPROVE_IN_PART, Event.REFUSE)
    assert {after(state, event) for event in decisions} == set(DECIDED)


def test_a_draft_is_only_sent():
    assert {event for state, event in TRANSITIONS if state == Status.DRAFT} == {Event.FILE, Event.DECLARE}


def test_what_the_table_does_not_hold_is_refused_by_name():
    with pytest.raises(NotPossible) as refusal:
        after(Status.REFUSED, Event.APPROVE)
    assert (refusal.value.status, refusal.value.event) == (Status.REFUSED, Event.APPROVE)
