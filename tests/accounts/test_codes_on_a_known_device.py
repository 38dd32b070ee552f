"""Whoever has the password and has codes sent until no more leave keeps no owner out of a device of theirs."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.accounts.factories import account, adult, sign_in
from tests.accounts.steps import answer, is_in
from xpassfam.organisation.models import Organisation
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
EMAIL, NUMBER = "camille@example.org", "+33639981234"
START = datetime.fromisoformat("2027-01-11T08:00:00+00:00")


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(START, tick=False)


def with_step(by):
    return account(adult(), email=EMAIL, phone=NUMBER, phone_verified_at=START, **{f"second_step_{by}": True})


def codes():
    return Message.objects.filter(template__endswith="/step_code").order_by("pk")


def enter(client):
    """By the code that left last."""
    sign_in(client, EMAIL)
    assert answer(client, codes().last().context["code"]).status_code == 302
    return client


def spend(client, time_machine, times):
    """As often as the page lets somebody who has the password."""
    for _ in range(times):
        time_machine.shift(timedelta(seconds=61))
        sign_in(client, EMAIL)


@pytest.mark.parametrize("by", ["email", "sms"])
def test_the_hour_s_codes_spent_elsewhere_leave_the_owner_s_device_its_own(by, time_machine):
    with_step(by)
    owner = enter(Client())
    owner.post("/deconnexion/")
    spend(Client(), time_machine, 9)
    assert codes().count() == 6  # the owner's first, when their device was new, and five of the other's
    enter(owner)
    assert is_in(owner)


def test_so_do_the_day_s_sms(time_machine):
    Organisation(sms_per_number_a_day=4, sms_per_account_a_day=4).save()
    with_step("sms")
    owner = enter(Client())
    owner.post("/deconnexion/")
    for _ in range(3):
        time_machine.shift(timedelta(hours=1))
        spend(Client(), time_machine, 2)
    assert codes().count() == 4
    enter(owner)
    assert is_in(owner)


def test_a_known_device_has_its_own_end_too(time_machine):
    Organisation(sms_per_number_a_day=3, sms_per_account_a_day=3).save()
    with_step("sms")
    owner = enter(Client())
    owner.post("/deconnexion/")
    for _ in range(5):
        time_machine.shift(timedelta(hours=1))
        sign_in(owner, EMAIL)
    assert codes().count() == 1 + 3


def test_all_known_devices_of_an_account_share_one_day_of_sms(time_machine):
    Organisation(sms_per_number_a_day=5, sms_per_account_a_day=5).save()
    with_step("sms")
    owned = [enter(Client()), enter(Client())]
    for device in owned:
        device.post("/deconnexion/")
        for _ in range(5):
            time_machine.shift(timedelta(hours=1))
            sign_in(device, EMAIL)
    assert codes().count() == 2 + 5


def test_they_share_the_hour_s_codes_too(time_machine):
    with_step("email")
    owned = [enter(Client()) for _ in range(3)]
    time_machine.shift(timedelta(hours=1))
    for device in owned:
        device.post("/deconnexion/")
        spend(device, time_machine, 4)
    assert codes().count() == 3 + 6


def test_the_portal_s_day_holds_for_all(time_machine):
    Organisation(sms_per_day=2).save()
    with_step("sms")
    owner = enter(Client())
    owner.post("/deconnexion/")
    for _ in range(3):
        time_machine.shift(timedelta(minutes=2))
        sign_in(owner, EMAIL)
    assert codes().count() == 2


def test_a_device_that_another_account_was_used_on_is_not_this_one_s(time_machine):
    with_step("email")
    account(adult("Karim Benali"), email="karim@example.org")
    intruder = Client()
    sign_in(intruder, "karim@example.org")
    intruder.post("/deconnexion/")
    spend(Client(), time_machine, 6)
    sign_in(intruder, EMAIL)
    assert codes().count() == 6


def test_proving_it_again_on_an_open_session_is_its_device_s_too(time_machine):
    with_step("email")
    owner = enter(Client())
    spend(Client(), time_machine, 9)
    time_machine.shift(timedelta(minutes=2))
    before = codes().count()
    owner.post("/connexion/confirmer/", {"password": "girafe-lavande-tambour-7"})
    assert codes().count() == before + 1
