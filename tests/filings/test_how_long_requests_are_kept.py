"""A request is kept as long as its own answer says, whatever was sent after it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.filings.factories import APPROVAL, REFUSAL, desk
from xpassfam.filings import for_privacy
from xpassfam.filings.actions import deciding
from xpassfam.filings.models import Filing

pytestmark = pytest.mark.django_db
REFUSED = next(rule for rule in for_privacy.RULES if rule.code == "filings_refused")
NOW = timezone.now()


@pytest.fixture
def room():
    return desk()


def decided(room, verdict, **more):
    filing = room.filed(**more)
    deciding.decide(filing, verdict, seen=filing.version, by=room.nadia, at=timezone.now())
    return Filing.objects.get(pk=filing.pk)


def long_ago(*filings):
    Filing.objects.filter(pk__in=[one.pk for one in filings]).update(ended_at=NOW - timedelta(days=800))


def purged():
    """How many were said to be due, and how many went."""
    before = NOW - timedelta(days=730)
    return REFUSED.due(before, NOW), REFUSED.purge(before, NOW)


def test_what_was_refused_goes_before_its_correction_that_was_granted(room):
    first = decided(room, REFUSAL)
    again = decided(room, APPROVAL, corrects=first)
    long_ago(first, again)

    assert purged() == (1, 1)

    assert Filing.objects.get() == again
    assert Filing.objects.get().corrects is None


def test_it_stays_as_long_as_its_correction_waits_for_an_answer(room):
    first = decided(room, REFUSAL)
    room.filed(corrects=first)
    long_ago(first)

    assert purged() == (0, 0)


def test_what_is_contested_stays_as_long_as_its_contest(room):
    first = decided(room, REFUSAL)
    contest = decided(room, APPROVAL)
    Filing.objects.filter(pk=contest.pk).update(contests=first.decisions.get())
    long_ago(first, contest)

    assert purged() == (0, 0)


def test_two_that_are_due_go_whatever_links_them(room):
    first = decided(room, REFUSAL)
    again = decided(room, REFUSAL, corrects=first)
    contest = decided(room, REFUSAL)
    Filing.objects.filter(pk=contest.pk).update(contests=again.decisions.get())
    long_ago(first, again, contest)

    assert purged() == (3, 3)
