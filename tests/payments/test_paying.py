"""Agents note that the money left, or will not; the family reads it and gets one mail."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.payments.accounts import NADIA, OTHER
from xpassfam.journal.models import Line
from xpassfam.outbox.mail import compose
from xpassfam.outbox.models import Message
from xpassfam.payments.actions import order
from xpassfam.payments.actions.paying import (
    DayToCome,
    NotToPay,
    TooLateToUndo,
    cancel,
    note_all_paid,
    note_paid,
    take_out,
    undo_paid,
)
from xpassfam.payments.actions.telling import tell_paid
from xpassfam.payments.models import PaymentOrder
from xpassfam.people.models import Separation

DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def account(given, now):
    return given(at=now - 30 * DAY)


@pytest.fixture
def granted(family, now):
    def grant(label="Rentrée", cents=80_00, *, home=None):
        return order(home or family.home, amount_cents=cents, label=label, cause=label, by=NADIA, at=now - 2 * DAY)

    return grant


def mails(template="payments/mail/paid"):
    return [compose(one) for one in Message.objects.filter(template=template).order_by("pk")]


def test_it_remembers_the_account_it_was_paid_to(account, granted, now):
    paid = note_paid(granted(), on=now.date(), by=NADIA, at=now)

    assert (paid.account, paid.noted_by) == (account, "Nadia Ferrand")


def test_several_of_a_home_make_one_mail_for_each_of_its_adults(family, account, granted, now):
    note_all_paid([granted(), granted("Loisirs", 20_50)], on=timezone.localdate(now), by=NADIA, at=now)

    tell_paid.func()

    assert {mail.to for mail in mails()} == {"camille@example.org", "karim@example.org"}
    assert len(mails()) == 2
    said = mails()[0].text.replace("\u00a0", " ")
    assert "100,50 €" in said
    assert "finissant par 0189" in said


def test_the_mail_does_not_say_what_the_aid_is_for(account, granted, now):
    note_paid(granted("Majoration handicap"), on=now.date(), by=NADIA, at=now)
    tell_paid.func()

    assert "handicap" not in mails()[0].text + mails()[0].html


def test_it_is_told_once_however_often_the_job_runs(account, granted, now):
    note_paid(granted(), on=now.date(), by=NADIA, at=now)
    tell_paid.func()
    tell_paid.func()

    assert len(mails()) == 2


def test_a_home_that_parts_is_told_nothing_by_mail(family, account, granted, now):
    Separation.objects.create(household=family.home, declared_by=family.karim, declared_at=now)
    note_paid(granted(), on=now.date(), by=NADIA, at=now)
    tell_paid.func()

    assert mails() == []


def test_nothing_is_paid_on_a_day_to_come(granted, now):
    with pytest.raises(DayToCome):
        note_paid(granted(), on=timezone.localdate(now) + DAY, by=NADIA, at=now)


def test_an_order_waits_while_the_home_may_stop_its_new_account(family, account, given, granted, now):
    given(OTHER, at=now - DAY)
    waits = granted()

    with pytest.raises(NotToPay):
        note_paid(waits, on=now.date(), by=NADIA, at=now)

    later = now + 3 * DAY
    assert note_paid(waits, on=now.date(), by=NADIA, at=later).account.iban_end == "3000"


def test_what_was_noted_by_mistake_is_undone_the_same_day(family, account, granted, now):
    paid = note_paid(granted(), on=now.date(), by=NADIA, at=now)

    undo_paid(paid, by=NADIA, at=now)

    kept = PaymentOrder.objects.get()
    assert (kept.status, kept.paid_on, kept.account, kept.noted_by) == ("ordered", None, None, "")
    assert Line.objects.filter(kind="payments.undone", household=family.home.public_id).count() == 1
    tell_paid.func()
    assert mails() == mails("payments/mail/undone") == []


def test_a_family_that_was_told_is_told_that_it_was_wrong(account, granted, now):
    paid = note_paid(granted(), on=now.date(), by=NADIA, at=now)
    tell_paid.func()
    undo_paid(paid, by=NADIA, at=now)
    note_paid(paid, on=now.date(), by=NADIA, at=now)
    tell_paid.func()

    assert len(mails("payments/mail/undone")) == 2
    assert len(mails()) == 4


def test_the_next_day_it_is_too_late_to_undo(granted, now):
    paid = note_paid(granted(), on=now.date(), by=NADIA, at=now)

    with pytest.raises(TooLateToUndo):
        undo_paid(paid, by=NADIA, at=now + DAY)


def test_a_cancelled_order_says_why_and_is_paid_no_more(family, granted, now):
    cancelled = cancel(granted(), reason="  Accordée\ndeux fois. ", by=NADIA, at=now)

    assert (cancelled.status, cancelled.cancel_reason) == ("cancelled", "Accordée deux fois.")
    assert Line.objects.filter(kind="payments.cancelled", household=family.home.public_id).exists()
    with pytest.raises(NotToPay):
        note_paid(cancelled, on=now.date(), by=NADIA, at=now)
    with pytest.raises(NotToPay):
        cancel(cancelled, reason="Encore une fois.", by=NADIA, at=now)


def test_what_is_paid_is_not_cancelled(granted, now):
    paid = note_paid(granted(), on=now.date(), by=NADIA, at=now)
    with pytest.raises(NotToPay):
        cancel(paid, reason="Trop tard pour cela.", by=NADIA, at=now)


def test_what_never_left_is_taken_out_of_no_batch(granted, now):
    with pytest.raises(NotToPay):
        take_out(granted(), by=NADIA, at=now)
