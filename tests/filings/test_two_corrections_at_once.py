"""Both adults of a home correct the same request at the same instant: one correction is sent, the other is told."""

import time

import pytest

# Or no database is made for a session that runs this file alone.
pytestmark = pytest.mark.django_db

PREPARE = """
from django.utils import timezone
from tests.filings.factories import APPROVAL, desk
from xpassfam.filings.actions import deciding, drafting
from xpassfam.filings.models import Filing
room = desk()
first = room.filed()
deciding.decide(first, APPROVAL, seen=first.version, by=room.nadia, at=timezone.now())
for someone in (room.home.holder, room.home.partner):
    access = room.home.access_of(someone)
    first = Filing.objects.get(pk=first.pk)
    drafting.start(
        first.procedure_version, access=access, start_key=someone.email, at=timezone.now(), corrects=first
    )
"""
SEND = """
import time
from django.utils import timezone
from xpassfam.accounts.models import Account
from xpassfam.filings.actions import sending
from xpassfam.filings.correcting import NotCorrectable
from xpassfam.filings.models import Filing
from xpassfam.people.access import for_account
draft = Filing.objects.drafts().order_by("pk")[{number}]
someone = Account.objects.get(person=draft.filed_by)
[access] = for_account(someone, on=timezone.localdate())
time.sleep(max(0, {at} - time.time()))
try:
    sending.send(draft, access=access, by=someone.actor, at=timezone.now())
    print("sent")
except NotCorrectable:
    print("told")
"""


def test_the_second_is_told_that_it_was_corrected_meanwhile(portal):
    portal.run(PREPARE)
    at = time.time() + 4
    processes = [portal.start("shell", "-v0", "-c", SEND.format(number=n, at=at)) for n in (0, 1)]
    assert [process.wait(60) for process in processes] == [0, 0]

    sent = portal.sql("SELECT count(*) FROM filings_filing WHERE corrects_id IS NOT NULL AND status <> 'draft'")
    left = portal.sql("SELECT count(*) FROM filings_filing WHERE status = 'draft'")
    assert (sent, left) == ([(1,)], [(1,)])
