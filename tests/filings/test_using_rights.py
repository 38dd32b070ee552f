"""What is granted uses the right of the aid: for the period it was asked in, within the ceiling of the law."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from tests.filings.factories import CONTEST, FACTS, desk, procedure, rights
from tests.people.factories import Role, household, living
from xpassfam.entitlements.actions import use
from xpassfam.entitlements.models import Use
from xpassfam.filings.actions import deciding
from xpassfam.filings.effects import CannotTakeEffect
from xpassfam.filings.models import Filing
from xpassfam.filings.verdicts import Verdict
from xpassfam.payments.actions import note_paid
from xpassfam.payments.models import PaymentOrder

pytestmark = pytest.mark.django_db
CARE = """
code: T09
slug: garde
title: Demander l’aide à la garde
purpose: Pour la garde.
category: aid
delay: {count: 2, unit: months}
sections:
  - key: care
    title: La garde
    fields:
      - {key: child, type: person, label: Pour qui}
      - {key: since, type: date, label: Depuis quand}
aid: {label: Aide à la garde, right: R04, persons: child}
effects:
  - {name: pay}
  - {name: use_right}
"""
IN_YEAR = CARE.replace("{name: use_right}", "{name: use_right, answers: {on: since}}")

REASONS = "reasons: [{code: M12, sentence: L’aide a déjà été accordée., law: Article 8 du règlement.}]"
DECIDED = datetime(2026, 10, 2, 9, tzinfo=UTC)


@pytest.fixture
def room():
    rights("R04")
    return desk(CARE)


def asked(room, on, text=CARE, since="2026-10-01"):
    with time_machine.travel(on, tick=False):
        answers = {"child": room.home.child.public_id, "since": since}
        return room.filed(answers, version=procedure(text), with_proof=False)


def grant(room, filing, euros, at, by=None):
    verdict = Verdict("approved", amounts={room.home.child.public_id: euros * 100})
    return deciding.decide(filing, verdict, seen=filing.version, by=by or room.nadia, at=at)


def test_it_counts_for_the_year_it_was_asked_in_however_long_the_answer_took(room):
    grant(room, asked(room, "2026-12-20T09:00:00Z"), 450, datetime(2027, 1, 12, 9, tzinfo=UTC))

    used = Use.objects.get()
    assert (used.used_on, used.since, used.until) == (date(2026, 12, 20), date(2026, 1, 1), date(2026, 12, 31))


def test_it_counts_for_the_year_of_the_day_that_the_request_is_about(room):
    filing = asked(room, "2026-12-20T09:00:00Z", IN_YEAR, since="2027-02-08")
    grant(room, filing, 450, datetime(2026, 12, 28, 9, tzinfo=UTC))

    assert Use.objects.get().until == date(2027, 12, 31)


def test_what_passes_the_ceiling_of_the_year_is_not_granted_whichever_home_had_the_rest(room):
    other = household("Foyer Petit")
    living(room.home.child, other, Role.DEPENDENT_CHILD)
    at = datetime(2026, 10, 2, 9, tzinfo=UTC)
    year = {"used_on": at.date(), "since": date(2026, 1, 1), "until": date(2026, 12, 31)}
    had = {"right": "R04", "person": room.home.child, "amount_cents": 250_000, "cause": "x", "reference": ""}
    use(other, **year, **had, by=room.nadia.actor, at=at)
    filing = asked(room, "2026-10-01T09:00:00Z")

    with pytest.raises(CannotTakeEffect, match="il reste 91\u00a0€ pour Inès en 2026"):
        grant(room, filing, 92, at)
    assert not PaymentOrder.objects.exists()

    grant(room, filing, 91, at)
    assert PaymentOrder.objects.get().amount_cents == 9100


def test_a_right_that_nobody_published_can_not_be_used(room):
    filing = asked(room, "2026-10-01T09:00:00Z", CARE.replace("R04", "R99"))

    with pytest.raises(CannotTakeEffect, match="R99"):
        grant(room, filing, 92, datetime(2026, 10, 2, 9, tzinfo=UTC))


def contested(room, decision):
    version = procedure(CONTEST)
    with time_machine.travel("2026-10-03T09:00:00Z", tick=False):
        return room.filed({"grounds": "Il manque un mois."}, version=version, contests=decision, with_proof=False)


def granted_in_part(room):
    facts = {"reasons": ["M12"], "facts": FACTS, "limits": "Octobre seulement.", "withheld": "Les autres mois."}
    verdict = Verdict("approved_in_part", amounts={room.home.child.public_id: 10000}, **facts)
    filing = asked(room, "2026-10-01T09:00:00Z", CARE + REASONS)
    return deciding.decide(filing, verdict, seen=filing.version, by=room.nadia, at=DECIDED)


def right_of(room, contest):
    at = DECIDED + timedelta(days=3)
    deciding.decide(contest, Verdict("approved"), seen=contest.version, by=room.claire, at=at)


def test_a_contest_that_is_right_takes_back_what_was_granted_in_part_and_it_is_granted_anew(room):
    first = granted_in_part(room)
    right_of(room, contested(room, first))
    assert (Use.objects.standing().count(), PaymentOrder.objects.get().status) == (0, "cancelled")

    filing = Filing.objects.get(pk=first.filing.pk)
    grant(room, filing, 450, DECIDED + timedelta(days=4), by=room.claire)
    assert Use.objects.standing().get().amount_cents == 45000
    assert PaymentOrder.objects.get(status="ordered").amount_cents == 45000


def test_what_was_paid_by_then_is_not_taken_back(room):
    first = granted_in_part(room)
    note_paid(PaymentOrder.objects.get(), on=DECIDED.date(), by=room.nadia.actor, at=DECIDED)

    with pytest.raises(CannotTakeEffect, match="déjà parti"):
        right_of(room, contested(room, first))
    assert Use.objects.standing().count() == 1
