"""Two who change or order at the same instant, in two processes of one portal."""

import time

import pytest

PREPARE = """
from tests.household.homes import couple
couple()
"""
CHANGE = """
import time
from django.utils import timezone
from xpassfam.journal.actions import Actor
from xpassfam.payments.actions import change_bank_details
from xpassfam.people.models import Household
home = Household.objects.get()
time.sleep(max(0, {at} - time.time()))
change_bank_details(home, holder="Camille", iban="{iban}", by=Actor("agent", name="N"), at=timezone.now())
"""
ORDER = """
import time
from django.utils import timezone
from xpassfam.journal.actions import Actor
from xpassfam.payments.actions import order
from xpassfam.payments.actions.ordering import AlreadyOrdered
from xpassfam.people.models import Household
home = Household.objects.get()
time.sleep(max(0, {at} - time.time()))
try:
    order(home, amount_cents=8000, label="Aide", cause="c", by=Actor("agent", name="N"), at=timezone.now())
except AlreadyOrdered:
    pass
"""
IBANS = ("FR7630006000011234567890189", "DE89370400440532013000")


@pytest.fixture
def at_once(portal):
    def run(code):
        portal.run(PREPARE)
        at = time.time() + 4
        started = [portal.start("shell", "-v0", "-c", code.format(at=at, iban=iban)) for iban in IBANS]
        assert [process.wait(60) for process in started] == [0, 0]
        return portal

    return run


def test_of_two_accounts_one_is_to_come(at_once):
    portal = at_once(CHANGE)

    assert portal.sql("SELECT count(*) FROM payments_bankdetails WHERE ended_at IS NULL") == [(1,)]
    assert portal.sql("SELECT count(*) FROM payments_bankdetails") == [(2,)]


def test_the_same_thing_is_ordered_once(at_once):
    portal = at_once(ORDER)

    assert portal.sql("SELECT count(*) FROM payments_paymentorder") == [(1,)]
    assert portal.sql("SELECT count(*) FROM journal_line WHERE kind = 'payments.ordered'") == [(1,)]
