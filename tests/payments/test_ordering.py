"""What a decision grants in money is ordered once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.payments.accounts import NADIA, NOW
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence
from xpassfam.payments.actions import note_paid, order
from xpassfam.payments.actions.ordering import AlreadyOrdered
from xpassfam.payments.actions.paying import NotToPay, cancel
from xpassfam.payments.models import PaymentOrder

LABEL = "Coup de pouce rentrée 2026"


def ordered(home, *, cause="decision-1", label=LABEL, amount_cents=8000, at=NOW):
    return order(home, amount_cents=amount_cents, label=label, cause=cause, by=NADIA, at=at)


def test_an_order_says_what_is_paid_to_whom_and_by_which_decision(family, given):
    given(at=NOW - timedelta(days=30))
    made = ordered(family.home)
    assert (made.beneficiary, made.amount_cents, made.status) == ("Camille Martin", 8000, "ordered")
    assert (made.cause, made.ordered_by) == ("decision-1", "Nadia Ferrand")


@pytest.mark.parametrize("gave", [False, True])
def test_without_an_account_that_serves_the_home_is_named(family, given, gave):
    if gave:
        given(at=NOW)
    assert ordered(family.home).beneficiary == "Foyer Martin"


def test_the_family_reads_it_in_its_history(family):
    ordered(family.home)
    told = sentence(Line.objects.get(kind="payments.ordered")).replace("\u00a0", " ")
    assert told == "Paiement prévu : 80 €, pour « Coup de pouce rentrée 2026 »."


def test_one_decision_orders_the_same_thing_once(family):
    ordered(family.home)
    with pytest.raises(AlreadyOrdered):
        ordered(family.home, amount_cents=9000)
    ordered(family.home, label="Supplément")
    ordered(family.home, cause="decision-2")
    assert PaymentOrder.objects.count() == 3


def test_the_database_keeps_it_too(family):
    made = ordered(family.home)
    made.pk = None
    made.public_id = "another"
    with pytest.raises(IntegrityError, match=r"payment_order_once_by_cause|cause"), transaction.atomic():
        made.save(force_insert=True)


@pytest.mark.parametrize("amount", [0, -100])
def test_an_order_is_of_something(family, amount):
    with pytest.raises(ValueError, match="of something"):
        ordered(family.home, amount_cents=amount)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentOrder.objects.create(
            household=family.home, beneficiary="x", amount_cents=amount, label="x", cause="x", ordered_at=NOW
        )


def test_what_was_paid_is_noted_with_its_day_once(family):
    made = order(family.home, amount_cents=80_00, label="Rentrée", cause="r", by=NADIA, at=NOW)
    note_paid(made, on=NOW.date(), by=NADIA, at=NOW)
    with pytest.raises(NotToPay):
        note_paid(made, on=NOW.date(), by=NADIA, at=NOW)

    kept = PaymentOrder.objects.get()
    assert (kept.status, kept.paid_on) == ("paid", NOW.date())
    assert Line.objects.filter(kind="payments.paid").count() == 1


def test_a_cancelled_one_is_not_paid(family):
    made = order(family.home, amount_cents=80_00, label="Rentrée", cause="r", by=NADIA, at=NOW)
    cancel(made, reason="Versée deux fois.", by=NADIA, at=NOW)
    with pytest.raises(NotToPay):
        note_paid(made, on=NOW.date(), by=NADIA, at=NOW)


@pytest.mark.parametrize("facts", [{"status": "paid"}, {"paid_on": NOW.date()}])
def test_the_database_wants_a_day_of_what_is_paid_and_of_nothing_else(family, facts):
    order(family.home, amount_cents=80_00, label="Rentrée", cause="r", by=NADIA, at=NOW)
    with pytest.raises(IntegrityError):
        PaymentOrder.objects.update(**facts)
