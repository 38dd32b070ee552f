"""What somebody filed for a home that they act for no more."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from tests.filings.factories import INCOME, REFUSAL, desk, procedure
from tests.household.homes import leave, let_in, outsider
from xpassfam.filings.actions import deciding, examining, following
from xpassfam.filings.models import Filing
from xpassfam.filings.states import Status
from xpassfam.outbox.models import Message as Mail
from xpassfam.people.models import Access, Separation

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return desk()


def filed_by_helper(room, text=INCOME):
    """Odile was let in, filed for the home, and her access ended since."""
    odile = outsider()
    let_in(odile.person, room.home.household, "requests", origin="invitation")
    hers = replace(room, home=replace(room.home, holder=odile))
    sent = examining.take(hers.filed(version=procedure(text)), by=room.nadia, at=timezone.now())
    end(odile, room)
    return odile, sent


def end(someone, room):
    Access.objects.filter(person=someone.person, household=room.home.household).update(until=timezone.localdate())


def told(room, filing):
    """Who gets the mail of the answer."""
    Mail.objects.all().delete()
    deciding.decide(filing, REFUSAL, seen=filing.version, by=room.nadia, at=timezone.now())
    return set(Mail.objects.values_list("to", flat=True))


def reads(room, someone, filing):
    return Filing.objects.visible_to(room.home.access_of(someone)).filter(pk=filing.pk).exists()


def test_as_long_as_the_filer_acts_for_the_home_the_answer_is_theirs(room):
    assert told(room, room.examined()) == {room.home.holder.email}


def test_what_a_helper_left_is_told_to_the_couple(room):
    _odile, sent = filed_by_helper(room)

    assert told(room, sent) == {room.home.holder.email, room.home.partner.email}


def test_the_couple_reads_it_and_may_withdraw_it(room):
    _odile, sent = filed_by_helper(room)

    assert reads(room, room.home.partner, sent)
    by = {"access": room.home.access_of(room.home.partner), "by": room.home.partner.actor, "at": timezone.now()}
    assert following.withdraw(sent, **by).status == Status.WITHDRAWN


def test_as_long_as_the_helper_acts_the_couple_reads_it_and_the_helper_has_its_mails(room):
    odile, sent = filed_by_helper(room)
    Access.objects.filter(person=odile.person).update(until=None)

    assert reads(room, room.home.partner, sent)
    assert told(room, sent) == {odile.email}


def test_in_a_frozen_home_nobody_takes_it_over(room):
    _odile, sent = filed_by_helper(room)
    karim = room.home.partner.person
    Separation.objects.create(household=room.home.household, declared_by=karim, declared_at=timezone.now())

    assert not reads(room, room.home.holder, sent)
    assert told(room, sent) == set()


def test_what_is_private_is_told_to_its_filer_alone(room):
    odile, sent = filed_by_helper(room, INCOME.replace("category: money", "category: money\nprivate: true"))

    assert not reads(room, room.home.holder, sent)
    assert told(room, sent) == {odile.email}


def test_what_a_partner_filed_before_leaving_stays_unread_by_who_remains(room):
    his = replace(room, home=replace(room.home, holder=room.home.partner))
    sent = examining.take(his.filed(), by=room.nadia, at=timezone.now())
    leave(room.home, room.home.partner)
    end(room.home.partner, room)

    assert not reads(room, room.home.holder, sent)
    assert told(room, sent) == set()


def test_what_was_filed_before_the_access_began_again_is_the_filer_s_again(room):
    odile, sent = filed_by_helper(room)
    let_in(odile.person, room.home.household, "requests", origin="invitation", since=date(2021, 1, 1))

    assert told(room, sent) == {odile.email}
