"""What an attack found: each stays closed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.accounts.factories import PASSWORD
from tests.filings.factories import CONTEST, REFUSAL, desk, organisation, procedure
from tests.filings.test_who_may_act import BANK, IBAN
from tests.household.homes import entered
from xpassfam.filings.actions import clock, deciding, examining, following
from xpassfam.filings.actions.deciding import Verdict
from xpassfam.filings.actions.following import NotNow
from xpassfam.filings.effects import CannotTakeEffect
from xpassfam.filings.holding import NeedsAnother
from xpassfam.filings.models import Filing
from xpassfam.filings.states import NotPossible, Status
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


@pytest.mark.parametrize("way", ["close", "ask", "refer"])
def test_whoever_decided_first_does_nothing_to_the_contest(room, way):
    _refused, contest = refused_and_contested(room)
    day = timezone.localdate() + timedelta(days=9)
    ways = {
        "close": lambda **more: deciding.close(contest, reason="Sans objet.", **more),
        "ask": lambda **more: examining.ask(
            contest, fields=["grounds"], pieces=[], text="Précisez.", until=day, **more
        ),
        "refer": lambda **more: examining.refer(contest, on=day, **more),
    }

    with pytest.raises(NeedsAnother):
        ways[way](seen=contest.version, by=room.nadia, at=timezone.now())


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
