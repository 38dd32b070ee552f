"""The other parent answers at the instant at which an agent decides: one of them is first, and the other knows it."""

import time

import pytest

# Or no database is made for a session that runs this file alone.
pytestmark = pytest.mark.django_db

PREPARE = """
from tests.filings.agreeing import antoine_of, ask
from tests.filings.factories import desk
room = desk()
antoine_of(room)
ask(room, sharing="me")
"""
ANSWER = """
import time
from django.utils import timezone
from xpassfam.accounts.models import Account
from xpassfam.filings.actions import agreeing
from xpassfam.filings.models import Agreement
from xpassfam.people.access import for_account
antoine = Account.objects.select_related("person").get(email="odile@example.org")
[access] = for_account(antoine, on=timezone.localdate())
said = agreeing.Said("agreed", version=1, proposed="other")
time.sleep(max(0, {at} - time.time()))
try:
    agreeing.answer(Agreement.objects.get(), said, access=access, by=antoine.actor, at=timezone.now())
except agreeing.Decided:
    pass
"""
DECIDE = """
import time
from django.utils import timezone
from tests.filings.factories import APPROVAL
from xpassfam.accounts.models import Account
from xpassfam.filings.actions import deciding
from xpassfam.filings.holding import Overtaken
from xpassfam.filings.models import Filing
filing, nadia = Filing.objects.get(), Account.objects.get(email="nadia@example.org")
time.sleep(max(0, {at} - time.time()))
try:
    deciding.decide(filing, APPROVAL, seen={seen}, by=nadia, at=timezone.now())
except Overtaken:
    pass
"""


def test_no_yes_is_given_over_an_answer_that_nobody_read(portal):
    portal.run(PREPARE)
    [(seen,)] = portal.sql("SELECT version FROM filings_filing")
    at = time.time() + 4
    processes = [portal.start("shell", "-v0", "-c", code.format(at=at, seen=seen)) for code in (ANSWER, DECIDE)]
    assert [process.wait(60) for process in processes] == [0, 0]

    answered = portal.sql("SELECT answer FROM filings_agreement")
    decided = portal.sql("SELECT count(*) FROM filings_decision")
    assert (answered, decided) in (([("agreed",)], [(0,)]), ([("",)], [(1,)]))
