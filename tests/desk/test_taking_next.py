"""« Prendre la suivante »: the most urgent that nobody follows, never the same to two."""

import time

import pytest
from django.utils import timezone

from tests.desk.desks import due, entered
from tests.filings.factories import desk
from tests.household.homes import shown
from xpassfam.accounts.models import Team
from xpassfam.filings.actions.examining import take_next
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.states import Status


@pytest.fixture
def room(db):
    return desk()


def take(agent):
    return take_next(by=agent, at=timezone.now())


def test_the_most_urgent_comes_first_then_the_next(room):
    later, urgent = due(room, 9), due(room, 1)

    assert [take(room.nadia).pk, take(room.claire).pk, take(room.nadia)] == [urgent.pk, later.pk, None]
    urgent.refresh_from_db()
    assert (urgent.assigned_to, urgent.status) == (room.nadia, Status.UNDER_REVIEW)


def test_what_a_family_reminded_us_of_comes_before_what_is_later_still(room):
    latest, hurried = due(room, -9), due(room, -1, hurried_at=timezone.now())
    due(room, -20, hurried_at=timezone.now(), status=Status.AWAITING_APPLICANT)

    assert [take(room.nadia).pk, take(room.nadia).pk, take(room.nadia)] == [hurried.pk, latest.pk, None]


def test_what_another_team_was_reminded_of_is_left_to_it(room):
    theirs = Team.objects.create(name="Adhésions")
    due(room, -9, team=theirs, hurried_at=timezone.now())
    own = due(room, 5)

    assert take(room.nadia).pk == own.pk


def test_what_another_team_handles_is_left_to_it(room):
    ours, theirs = Team.objects.create(name="Aides"), Team.objects.create(name="Adhésions")
    room.nadia.teams.add(ours)
    due(room, 1, team=theirs)
    own = due(room, 5, team=ours)

    assert take(room.nadia).pk == own.pk
    assert take(room.nadia) is None


def test_a_contest_is_not_given_to_who_decided(room):
    from tests.filings.factories import REFUSAL
    from xpassfam.filings.actions import deciding

    filing = room.examined()
    decision = deciding.decide(filing, REFUSAL, seen=filing.version, by=room.nadia, at=timezone.now())
    contest = due(room, 1)
    Filing.objects.filter(pk=contest.pk).update(contests=Decision.objects.get(pk=decision.pk))

    assert take(room.nadia) is None
    assert take(room.claire).pk == contest.pk


def test_the_button_leads_to_the_filing_or_says_that_none_is_left(room):
    filing = due(room, 1)
    client = entered(room.nadia)

    assert client.post("/gestion/demandes/suivante/").headers["Location"] == f"/gestion/demandes/{filing.public_id}/"
    assert "Rien n’attend sans personne" in shown(client.post("/gestion/demandes/suivante/", follow=True))


PREPARE = """
from tests.desk.desks import due
from tests.filings.factories import desk
room = desk()
due(room, 1), due(room, 2)
"""
TAKE = """
import time
from django.utils import timezone
from xpassfam.accounts.models import Account
from xpassfam.filings.actions.examining import take_next
agent = Account.objects.get(email="{email}")
time.sleep(max(0, {at} - time.time()))
assert take_next(by=agent, at=timezone.now())
"""


def test_two_agents_at_once_take_two_filings(portal):
    """On PostgreSQL the second passes over the row that the first holds; on SQLite it waits its turn."""
    portal.run(PREPARE)
    at = time.time() + 5
    emails = ("nadia@example.org", "claire@example.org")
    processes = [portal.start("shell", "-v0", "-c", TAKE.format(email=email, at=at)) for email in emails]

    assert [process.wait(60) for process in processes] == [0, 0]
    assert portal.sql("SELECT count(DISTINCT assigned_to_id) FROM filings_filing") == [(2,)]
