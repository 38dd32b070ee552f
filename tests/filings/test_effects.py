"""What a yes does elsewhere: once, whole, on its day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.filings.factories import ADDRESS, MOVE, PAIR, desk, procedure
from xpassfam.filings.actions import clock, deciding, sending
from xpassfam.filings.effects import EFFECTS, CannotTakeEffect
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.states import Status
from xpassfam.filings.verdicts import Verdict
from xpassfam.payments.models import PaymentOrder
from xpassfam.people.models import Household, Residence, Separation
from xpassfam.procedures.language.known_effects import EFFECTS as DECLARED

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return desk()


def move(room, *, since):
    answers = {"address": ADDRESS, "since": since.isoformat()}
    return room.filed(answers, version=procedure(MOVE), with_proof=False)


def approve(room, filing):
    return deciding.decide(filing, Verdict("approved"), seen=filing.version, by=room.nadia, at=timezone.now())


AID = """
code: T11
slug: aide
title: Demander une aide
purpose: En cas de coup dur.
category: aid
delay: {count: 2, unit: months}
sections:
  - key: aid
    title: L’aide
    fields:
      - {key: amount, type: amount, label: Montant}
effects:
  - {name: pay, answers: {amount: amount}}
"""


def town():
    return Household.objects.get(name="Foyer Martin-Benali").town


def test_every_effect_that_a_definition_may_name_is_done_here():
    assert set(EFFECTS) == set(DECLARED)


def test_an_address_that_is_approved_is_the_home_s(room):
    approve(room, move(room, since=timezone.localdate()))

    assert town() == "Quimper"


def test_an_address_of_a_day_to_come_waits_for_it_and_comes_once(room):
    day = timezone.localdate() + timedelta(days=12)
    decision = approve(room, move(room, since=day))
    assert (town(), decision.effects_on, decision.effects_at) == ("Nantes", day, None)

    assert clock.run_due_effects(at=timezone.now() + timedelta(days=5)) == 0
    later = timezone.now() + timedelta(days=13)
    assert (clock.run_due_effects(at=later), clock.run_due_effects(at=later)) == (1, 0)

    assert town() == "Quimper"
    assert Decision.objects.get().effects_at == later


def test_an_effect_that_fails_on_its_day_is_left_for_an_agent(room):
    approve(room, move(room, since=timezone.localdate() + timedelta(days=2)))
    Separation.objects.create(
        household=room.home.household, declared_by=room.home.partner.person, declared_at=timezone.now()
    )

    assert clock.run_due_effects(at=timezone.now() + timedelta(days=3)) == 0

    assert Decision.objects.get().effects_failed_at is not None
    assert town() == "Nantes"


def test_what_cannot_take_effect_decides_nothing_and_says_why(room):
    sent = move(room, since=timezone.localdate())
    Separation.objects.create(
        household=room.home.household, declared_by=room.home.partner.person, declared_at=timezone.now()
    )

    with pytest.raises(CannotTakeEffect, match="séparation"):
        approve(room, sent)

    assert Filing.objects.get().status == Status.RECEIVED
    assert not Decision.objects.exists()


def test_what_could_not_take_effect_later_is_refused_at_once(room):
    sent = move(room, since=timezone.localdate() + timedelta(days=20))
    Separation.objects.create(
        household=room.home.household, declared_by=room.home.partner.person, declared_at=timezone.now()
    )

    with pytest.raises(CannotTakeEffect):
        approve(room, sent)


def test_an_aid_that_is_granted_is_ordered_once(room):
    decision = approve(room, room.filed({"amount": 8000}, version=procedure(AID), with_proof=False))

    ordered = PaymentOrder.objects.get()
    assert (ordered.amount_cents, ordered.label, ordered.household) == (8000, "Demander une aide", room.home.household)
    assert ordered.cause == decision.filing.public_id


def test_a_declaration_takes_effect_when_it_is_sent(room):
    sent = room.filed({"since": "2026-11-01"}, version=procedure(PAIR), with_proof=False)

    assert sent.status == Status.RECORDED
    assert Separation.objects.open().filter(household=room.home.household).exists()


def test_a_declaration_that_can_not_take_effect_is_not_sent(room):
    Residence.objects.filter(person=room.home.partner.person).update(until=timezone.localdate())
    draft = room.draft({"since": "2026-11-01"}, version=procedure(PAIR), with_proof=False)

    with pytest.raises(CannotTakeEffect, match="en couple"):
        sending.send(draft, access=room.access, by=room.camille, at=timezone.now())

    assert Filing.objects.get().is_draft
