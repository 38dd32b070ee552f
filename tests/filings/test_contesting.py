"""A contest is read by somebody else; where it is right, the decision is taken back and the filing examined anew."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.filings.factories import CONTEST, FACTS, REFUSAL, desk, procedure
from xpassfam.filings.actions import deciding, examining
from xpassfam.filings.actions.drafting import NotContestable
from xpassfam.filings.holding import NeedsAnother
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.states import Status
from xpassfam.filings.verdicts import Verdict
from xpassfam.journal.models import Line

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return desk()


def decide(room, filing, verdict, by):
    return deciding.decide(filing, verdict, seen=filing.version, by=by, at=timezone.now())


def contest(room, decision):
    grounds = {"grounds": "La date est celle d’octobre."}
    return room.filed(grounds, version=procedure(CONTEST), contests=decision, with_proof=False)


def refused_and_contested(room):
    """By Nadia, then by the family."""
    refused = room.examined()
    second = contest(room, decide(room, refused, REFUSAL, room.nadia))
    return Filing.objects.get(pk=refused.pk), second


def test_whoever_refused_neither_takes_nor_decides_the_contest(room):
    _refused, second = refused_and_contested(room)
    at, seen = timezone.now(), second.version

    with pytest.raises(NeedsAnother):
        examining.take(second, by=room.nadia, at=at)
    with pytest.raises(NeedsAnother):
        decide(room, second, Verdict("approved"), room.nadia)
    with pytest.raises(NeedsAnother):
        examining.transfer(second, to=room.nadia, team=None, seen=seen, by=room.claire, at=at)


def test_a_contest_that_is_right_takes_the_decision_back(room):
    refused, second = refused_and_contested(room)

    decide(room, second, Verdict("approved"), room.claire)

    refused.refresh_from_db()
    assert (refused.status, refused.is_ended) == (Status.UNDER_REVIEW, False)
    taken_back = Decision.objects.get(filing=refused)
    assert taken_back.superseded_at is not None
    said = Client().get(f"/verifier/{taken_back.letter['check']['code']}").content.decode()
    assert "remplacé" in said
    anew = decide(room, refused, Verdict("approved"), room.claire)
    assert (anew.effects_at is not None, refused.decisions.count()) == (True, 2)


def test_a_contest_that_is_refused_upholds_the_decision_in_the_history(room):
    refused, second = refused_and_contested(room)

    decide(room, second, Verdict("refused", reasons=["M17"], facts=FACTS), room.claire)

    assert Filing.objects.get(pk=refused.pk).status == Status.REFUSED
    assert Line.objects.filter(kind="filings.upheld").count() == 1


def test_one_contest_at_a_time(room):
    _refused, first = refused_and_contested(room)

    with pytest.raises(NotContestable):
        contest(room, first.contests)


def test_past_its_last_day_a_decision_is_no_longer_contested(room):
    decision = decide(room, room.examined(), REFUSAL, room.nadia)
    Decision.objects.update(contest_until=timezone.localdate() - timedelta(days=1))
    decision.refresh_from_db()

    with pytest.raises(NotContestable):
        contest(room, decision)


def test_what_was_granted_whole_is_not_contested(room):
    granted = decide(room, room.examined(), Verdict("approved"), room.nadia)

    with pytest.raises(NotContestable):
        contest(room, granted)


def test_the_contested_filing_says_so_in_its_history(room):
    refused_and_contested(room)

    assert Line.objects.filter(kind="filings.contested").count() == 1
