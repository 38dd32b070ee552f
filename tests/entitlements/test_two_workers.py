"""Two workers at once count and tell each home once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from tests.accounts.factories import account
from tests.entitlements.homes import Home, noon, publish
from tests.people.factories import acting
from xpassfam.entitlements.actions import announce_due, evaluate_due
from xpassfam.entitlements.models import Evaluation, Notice
from xpassfam.journal.models import Line
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 12, 17)


def work(what):
    """As two processes would: a block at a time, until nothing is left."""

    def alone():
        done = 0
        try:
            while some := what(at=noon(DAY), most=3):
                done += some
        finally:
            connection.close()
        return done

    at_once = 1 if connection.vendor == "sqlite" else 2  # its database in memory refuses rather than wait
    with ThreadPoolExecutor(at_once) as pool:
        return sum(one.result() for one in [pool.submit(alone) for _ in range(2)])


def test_each_home_is_counted_and_told_once():
    publish("R04", "R07")
    homes = [Home(f"Foyer {number}") for number in range(8)]
    for home in homes:
        home.child("Inès", date(2020, 12, 24))
        home.living_on(984, date(2026, 9, 1))
        acting(home.camille, home.row)
        account(home.camille)

    assert work(evaluate_due) == 8
    for home in homes:
        home.living_on(2000, date(2026, 10, 1))
    assert work(evaluate_due) == 8
    assert work(announce_due) == 8

    assert Evaluation.objects.exclude(told_on=DAY).count() == 0
    assert Line.objects.filter(kind="entitlements.changed").count() == 8
    assert [Notice.objects.count(), Message.objects.count()] == [8, 8]
