"""A decision that a contest took back is decided anew by somebody else than whoever took it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from tests.desk.desks import entered as entered_at_the_desk
from tests.filings.factories import agent, desk
from tests.filings.test_agents_deciding import REFUSING, send
from tests.filings.test_attacks import ACTS, acts_offered, now, refused_and_contested
from tests.filings.walking import Walker, page
from tests.household.homes import read, shown
from xpassfam.filings import for_desk
from xpassfam.filings.actions import deciding, examining
from xpassfam.filings.holding import NeedsAnother
from xpassfam.filings.models import Filing
from xpassfam.filings.states import Status
from xpassfam.filings.verdicts import Verdict

pytestmark = pytest.mark.django_db
YES = Verdict("approved")


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def reopened(room):
    """Refused by Nadia, contested, taken back by Claire."""
    return taken_back(room)


def taken_back(room):
    refused, contest = refused_and_contested(room)
    decide(contest, YES, room.claire)
    return now(refused)


def decide(filing, verdict, by):
    return deciding.decide(filing, verdict, seen=now(filing).version, by=by, at=timezone.now())


def test_it_waits_in_the_queue_of_all_but_whoever_decided(room, reopened):
    assert reopened.assigned_to is None
    assert reopened in for_desk.unassigned()
    assert reopened not in for_desk.mine(room.nadia)

    assert examining.take_next(by=room.nadia, at=timezone.now()) is None
    assert examining.take_next(by=room.claire, at=timezone.now()) == reopened


@pytest.mark.parametrize("act", ACTS)
def test_whoever_decided_does_nothing_to_it_any_more(room, reopened, act):
    with pytest.raises(NeedsAnother):
        ACTS[act](reopened, seen=reopened.version, by=room.nadia, at=timezone.now())


def test_it_is_not_handed_to_them_either(room, reopened):
    with pytest.raises(NeedsAnother):
        examining.transfer(reopened, to=room.nadia, team=None, seen=reopened.version, by=room.claire, at=timezone.now())


def test_whoever_took_it_back_and_anybody_else_may_decide(room, reopened):
    examining.take(reopened, by=agent("Sofia"), at=timezone.now())

    assert decide(reopened, YES, room.claire).outcome == "approved"


def test_who_is_refused_reads_why(room, reopened):
    nadia, claire = entered_at_the_desk(room.nadia), entered_at_the_desk(room.claire)

    taken = shown(nadia.post(f"/gestion/demandes/{reopened.public_id}/prendre/", follow=True))
    refused = shown(send(nadia, reopened, "refuser/", **REFUSING))
    given = shown(send(claire, reopened, "transfert/", to=room.nadia.public_id))

    assert "Vous avez pris la décision qui a été retirée" in taken
    assert "Vous avez pris la décision qui a été retirée" in refused
    assert "La personne choisie a pris la décision qui a été retirée" in given


def test_its_page_offers_them_nothing_and_the_others_everything(room, reopened):
    assert acts_offered(room.nadia, reopened) == set()
    assert acts_offered(room.claire, reopened) > {"pieces", "prendre", "valider", "refuser"}


def test_the_promise_under_reserve_of_another_is_not_theirs_to_lift(room, reopened):
    decide(reopened, Verdict("approved_under_reserve", limits="L’original.", reserve=["proof"]), room.claire)

    assert "reserve" not in acts_offered(room.nadia, reopened)
    with pytest.raises(NeedsAnother):
        deciding.lift_reserve(reopened, seen=now(reopened).version, by=room.nadia, at=timezone.now())


def test_neither_of_two_who_decided_together_decides_again(room):
    refused, contest = refused_and_contested(room)
    refused.decisions.update(proposed_by=room.claire)
    sofia = agent("Sofia")
    decide(now(contest), YES, sofia)

    for by in (room.nadia, room.claire):
        with pytest.raises(NeedsAnother):
            examining.take(refused, by=by, at=timezone.now())
        assert examining.take_next(by=by, at=timezone.now()) is None
    assert examining.take_next(by=sofia, at=timezone.now()) == refused


def test_nobody_else_is_hindered_by_what_a_correction_replaced(room):
    first = room.examined()
    decide(first, YES, room.nadia)
    again = room.filed(corrects=now(first))
    decide(again, YES, room.nadia)

    assert now(first).status == Status.REPLACED
    assert "Vous avez pris la décision" not in read(
        entered_at_the_desk(room.nadia), f"/gestion/demandes/{first.public_id}/"
    )


def test_the_family_reads_that_it_is_examined_by_nobody_yet(room, reopened):
    text = Walker.of(room.home.holder).get(page(reopened))

    assert "Décision retirée après votre contestation" in text
    assert "par Nadia" not in text


def test_what_was_reopened_before_this_rule_is_let_go(room, reopened):
    other = taken_back(room)
    Filing.objects.filter(pk=reopened.pk).update(assigned_to=room.nadia)
    Filing.objects.filter(pk=other.pk).update(assigned_to=room.claire)
    ordinary = room.examined()

    import_module("xpassfam.filings.migrations.0018_let_go").let_go(apps, None)

    assert now(reopened).assigned_to is None
    assert now(other).assigned_to == room.claire
    assert now(ordinary).assigned_to == room.nadia
