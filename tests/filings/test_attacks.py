"""What an attack found: each stays closed."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.accounts.factories import PASSWORD
from tests.desk.desks import entered as entered_at_the_desk
from tests.filings.factories import CONTEST, FACTS, REFUSAL, desk, organisation, procedure
from tests.filings.test_who_may_act import BANK, IBAN
from tests.household.homes import entered, read
from xpassfam.filings.actions import agreeing, clock, confirming, deciding, examining, following, linking
from xpassfam.filings.actions.following import NotNow
from xpassfam.filings.effects import CannotTakeEffect
from xpassfam.filings.holding import NeedsAnother
from xpassfam.filings.models import Filing
from xpassfam.filings.states import NotPossible, Status
from xpassfam.filings.urls import for_agents
from xpassfam.filings.verdicts import Verdict
from xpassfam.people.models import Separation

pytestmark = pytest.mark.django_db
OTHER_IBAN = "FR7630004000031234567890143"


@pytest.fixture
def room():
    return desk()


def now(filing):
    return Filing.objects.get(pk=filing.pk)


def refused_and_contested(room):
    refused = room.examined()
    first = deciding.decide(refused, REFUSAL, seen=refused.version, by=room.nadia, at=timezone.now())
    version = procedure(CONTEST)
    return refused, room.filed({"grounds": "La date est bonne."}, version=version, contests=first, with_proof=False)


def test_silence_says_nothing_of_what_was_decided_in_time_and_is_examined_anew(room):
    organisation(legal_profile="adm")
    refused, contest = refused_and_contested(room)
    deciding.decide(contest, Verdict("approved"), seen=contest.version, by=room.claire, at=timezone.now())
    later = timezone.now() + timedelta(days=100)

    assert clock.note_silence(at=later) == 0
    row = now(refused)
    assert (row.status, row.silence_effect, row.silence_on) == (Status.UNDER_REVIEW, "", None)
    with pytest.raises(NotPossible):
        deciding.record_implicit_acceptance(row, seen=row.version, by=room.claire, at=later)


def test_what_is_examined_anew_has_a_new_promise(room):
    refused, contest = refused_and_contested(room)
    Filing.objects.filter(pk=refused.pk).update(due_on=timezone.localdate() - timedelta(days=90))

    deciding.decide(contest, Verdict("approved"), seen=contest.version, by=room.claire, at=timezone.now())

    assert now(refused).due_on > timezone.localdate()


# Each address of a request that does something to it, by its name.
ACTS = {
    "take": lambda held, seen, **more: examining.take(held, **more),
    "judge": lambda held, seen, **more: judged(held, **more),
    "ask": lambda held, **more: examining.ask(held, fields=["grounds"], pieces=[], text="Où ?", until=soon(), **more),
    "ask-other-parent": lambda held, **more: agreeing.ask(held, verified=(), **more),
    "extend": lambda held, **more: examining.extend(held, until=soon(), **more),
    "refer": lambda held, **more: examining.refer(held, on=soon(), **more),
    "recall": lambda held, **more: examining.recall(held, **more),
    "transfer": lambda held, **more: examining.transfer(held, to=None, team=None, **more),
    "approve": lambda held, **more: deciding.decide(held, Verdict("approved"), **more),
    "limit": lambda held, **more: deciding.preview(held, RESERVE, **more),
    "refuse": lambda held, **more: deciding.decide(held, NO, **more),
    "close": lambda held, **more: deciding.close(held, reason="Sans objet.", **more),
    "lift": lambda held, **more: deciding.lift_reserve(held, **more),
    "record-silence": lambda held, **more: deciding.record_implicit_acceptance(held, **more),
    "link": lambda held, **more: linking.link(held, "D-7K3Q-M2XP", **more),
    "unlink": lambda held, **more: linking.unlink(held, **more),
    "confirm": lambda held, **more: confirming.confirm(held, **more),
    "send-back": lambda held, **more: confirming.send_back(held, word="Non.", **more),
}
RESERVE = Verdict("approved_under_reserve", limits="L’original.")
NO = Verdict("refused", reasons=["M17"], facts=FACTS)
# Reading, which the family reads; and words, which are signed, stay for whoever decides, and change nothing.
HARMLESS = {
    "agents-filing",
    "presence",
    "agent-acknowledgement",
    "agent-decision",
    "agents-message-file",
    "agents-write",
    "note",
    "pick-template",
}


def soon():
    return timezone.localdate() + timedelta(days=9)


def judged(held, **more):
    piece = held.pieces.first()
    return examining.judge(piece, verdict="accepted", explanation="", seen=piece.as_judged, **more)


def with_piece(room, held):
    held.pieces.create(key="grounds", document=room.document("other"), added_at=timezone.now())
    return now(held)


def test_every_act_on_a_request_is_known_here():
    assert {one.name for one in for_agents} == ACTS.keys() | HARMLESS


@pytest.mark.parametrize("act", ACTS)
def test_whoever_decided_first_does_nothing_to_the_contest(room, act):
    contest = with_piece(room, refused_and_contested(room)[1])

    with pytest.raises(NeedsAnother):
        ACTS[act](contest, seen=contest.version, by=room.nadia, at=timezone.now())


def acts_offered(agent, held):
    """By the page to decide, as the ends of their addresses."""
    text = read(entered_at_the_desk(agent), f"/gestion/demandes/{held.public_id}/")
    found = set(re.findall(rf"/gestion/demandes/{held.public_id}/([a-z-]+)/", text))
    return found - {"presence", "message", "note"}


def test_the_page_offers_them_nothing_either_and_says_why(room):
    contest = with_piece(room, refused_and_contested(room)[1])

    assert acts_offered(room.nadia, contest) == set()
    assert acts_offered(room.claire, contest) > {"pieces", "prendre", "valider", "refuser", "transfert"}
    text = read(entered_at_the_desk(room.nadia), f"/gestion/demandes/{contest.public_id}/")
    assert "Vous avez pris la décision contestée" in text


def test_another_account_is_not_slipped_in_while_completing_after_a_new_password(room):
    sent = room.filed({"holder": "Camille Martin", "iban": IBAN}, version=procedure(BANK), with_proof=False)
    ways = {"text": "Vérifiez le numéro.", "until": timezone.localdate() + timedelta(days=9)}
    examining.ask(sent, fields=["iban"], pieces=[], **ways, seen=sent.version, by=room.nadia, at=timezone.now())
    new = {"current_password": PASSWORD, "new_password": "tulipe-canoe-hiver-42"}
    assert entered(room.home.holder).post("/mon-compte/securite/mot-de-passe/", new).status_code == 302

    with pytest.raises(NotNow):
        following.complete(sent, answers={"iban": OTHER_IBAN}, access=room.access, by=room.camille, at=timezone.now())

    assert now(sent).status == Status.AWAITING_APPLICANT


def test_an_account_does_not_change_while_a_couple_parts(room):
    sent = room.filed({"holder": "Camille Martin", "iban": IBAN}, version=procedure(BANK), with_proof=False)
    Separation.objects.create(
        household=room.home.household, declared_by=room.home.partner.person, declared_at=timezone.now()
    )

    with pytest.raises(CannotTakeEffect, match="séparation"):
        deciding.decide(sent, Verdict("approved"), seen=sent.version, by=room.nadia, at=timezone.now())
