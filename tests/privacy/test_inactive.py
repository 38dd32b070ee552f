"""R-RGPD-06: an account that nobody uses is warned of twice, then closed; coming back is enough to keep it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from tests.accounts.factories import account, adult, sign_in
from tests.accounts.mailbox import path, received
from tests.filings.factories import desk
from xpassfam.accounts.models import Account, Closing
from xpassfam.journal.models import Line
from xpassfam.privacy.actions import closing, inactivity

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 1, 10, 9, tzinfo=UTC)


def someone(**facts):
    with time_machine.travel(BEGAN, tick=False):
        mine = account(adult("Camille Martin"), email="camille@example.org", **facts)
        if mine.role == "family":
            sign_in(Client(), mine.email)
        received()
    return mine


def night(day: datetime) -> list[str]:
    """What the worker does that night; the subjects of the mails that left."""
    with time_machine.travel(day, tick=False):
        inactivity.keep_time(at=day)
        closing.close_due(at=day)
        return [letter.subject for letter in received()]


def nights(first: datetime, days: int) -> dict[int, list[str]]:
    told = {n: night(first + timedelta(days=n)) for n in range(days)}
    return {n: subjects for n, subjects in told.items() if subjects}


def test_nothing_happens_before_two_years_less_two_months():
    someone()
    assert nights(datetime(2027, 11, 1, 3, tzinfo=UTC), 8) == {}


def test_it_is_warned_of_sixty_then_fifteen_days_before_and_then_closed():
    mine = someone()
    told = nights(datetime(2027, 11, 1, 3, tzinfo=UTC), 90)
    [first, second, last] = sorted(told)

    assert told[first] == told[second] == ["Votre compte ne sert plus"]
    assert told[last] == ["Votre compte est fermé"]
    assert (second - first, last - first) == (45, 60)
    assert not Account.objects.filter(pk=mine.pk).exists()
    assert Line.objects.filter(account=mine.public_id, kind="accounts.inactive_warned").count() == 2


def test_signing_in_keeps_it_without_a_word():
    mine = someone()
    night(datetime(2027, 11, 15, 3, tzinfo=UTC))
    assert Closing.objects.get().cause == "inactive"
    with time_machine.travel(datetime(2027, 12, 1, 9, tzinfo=UTC), tick=False):
        sign_in(Client(), mine.email)
        received()

    assert night(datetime(2027, 12, 2, 3, tzinfo=UTC)) == []
    assert not Closing.objects.exists()
    assert nights(datetime(2028, 1, 10, 3, tzinfo=UTC), 20) == {}


def test_signing_in_on_the_last_day_keeps_it():
    mine = someone()
    night(datetime(2027, 11, 15, 3, tzinfo=UTC))
    last = Closing.objects.get().due_at
    with time_machine.travel(last - timedelta(minutes=5), tick=False):
        sign_in(Client(), mine.email)
    with time_machine.travel(last + timedelta(minutes=1), tick=False):
        closing.close_due(at=last + timedelta(minutes=1))  # before the night looked who came back

    assert Account.objects.filter(pk=mine.pk).exists()


def test_the_link_of_the_mail_keeps_it():
    someone()
    with time_machine.travel(datetime(2027, 11, 15, 3, tzinfo=UTC), tick=False):
        inactivity.keep_time(at=datetime(2027, 11, 15, 3, tzinfo=UTC))
        [letter] = received()
        Client().post(path(letter, "/compte/garder/"))
        assert [one.subject for one in received()] == ["Votre compte reste ouvert"]

    assert not Closing.objects.exists()
    assert night(datetime(2027, 11, 16, 3, tzinfo=UTC)) == []


def test_who_waits_for_an_answer_keeps_it():
    with time_machine.travel(BEGAN, tick=False):
        one = desk()
        one.filed()
        received()
    Account.objects.exclude(pk=one.home.holder.pk).filter(role="family").delete()

    assert nights(datetime(2027, 11, 1, 3, tzinfo=UTC), 90) == {}


def test_staff_are_left_alone():
    someone(role="agent")
    assert nights(datetime(2027, 11, 1, 3, tzinfo=UTC), 90) == {}


def test_a_night_twice_says_nothing_twice():
    someone()
    assert night(datetime(2027, 11, 15, 3, tzinfo=UTC)) == ["Votre compte ne sert plus"]
    assert night(datetime(2027, 11, 15, 4, tzinfo=UTC)) == []
