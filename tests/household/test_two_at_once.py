"""What two people decide at the same instant, in two processes of one portal."""

import time

PREPARE = """
from tests.household.homes import couple
home = couple()
print(home.holder.public_id)
"""
GIVE_UP = """
import time
from django.utils import timezone
from tests.people.factories import Acting
from xpassfam.accounts.models import Account
from xpassfam.people.access import for_account
from xpassfam.people.actions import granting
from xpassfam.people.actions.holding import NotAllowed
from xpassfam.people.models import Access
someone = Account.objects.get(email="{email}")
[viewer] = for_account(Acting(someone.person_id), on=timezone.localdate())
access = Access.objects.get(person=someone.person)
time.sleep(max(0, {at} - time.time()))
try:
    granting.end(access, viewer=viewer, by=someone.actor, at=timezone.now())
except NotAllowed:
    pass
"""
DECLARE = """
import time
from django.utils import timezone
from tests.people.factories import Acting
from xpassfam.accounts.models import Account
from xpassfam.household.actions import separating
from xpassfam.people.access import for_account
from xpassfam.people.actions.holding import NotAllowed
someone = Account.objects.get(email="{email}")
[viewer] = for_account(Acting(someone.person_id), on=timezone.localdate())
time.sleep(max(0, {at} - time.time()))
try:
    separating.declare(viewer=viewer, by=someone.actor, at=timezone.now())
except NotAllowed:
    pass
"""


def at_once(portal, code):
    portal.run(PREPARE)
    at = time.time() + 4
    emails = ("camille@example.org", "karim@example.org")
    processes = [portal.start("shell", "-v0", "-c", code.format(email=email, at=at)) for email in emails]
    assert [process.wait(60) for process in processes] == [0, 0]


def test_of_two_who_give_up_their_access_one_keeps_it(portal):
    at_once(portal, GIVE_UP)

    assert portal.sql("SELECT count(*) FROM people_access WHERE until IS NULL") == [(1,)]
    assert portal.sql("SELECT count(*) FROM journal_line WHERE kind = 'people.access_given_up'") == [(1,)]


def test_of_two_who_declare_a_separation_one_does(portal):
    at_once(portal, DECLARE)

    assert portal.sql("SELECT count(*) FROM people_separation") == [(1,)]
    assert portal.sql("SELECT count(*) FROM outbox_message WHERE template LIKE '%separation_declared'") == [(2,)]
