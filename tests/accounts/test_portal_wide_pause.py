"""Somebody tries everybody's door: unknown devices wait, owners enter, the organisation is told."""

from datetime import timedelta
from itertools import count

import pytest
from django.test import Client

from tests.accounts.factories import account, adult, sign_in
from tests.accounts.mailbox import path, received, the_mail
from xpassfam.organisation.models import Organisation

pytestmark = pytest.mark.django_db
EMAIL = "camille@example.org"
LIMIT = 10
_others = count(1)


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to("2026-11-23 14:00:10Z", tick=False)
    return time_machine


@pytest.fixture(autouse=True)
def camille():
    configure()
    return account(adult(), email=EMAIL)


def configure(**facts):
    told = {"security_email": "securite@estuaire.example", "support_email": "aide@estuaire.example"}
    Organisation.objects.update_or_create(defaults={"portal_failures_per_minute": LIMIT} | told | facts)


def elsewhere():
    return Client(REMOTE_ADDR=f"203.0.113.{next(_others) % 250}")


def wave(times=LIMIT):
    """Guesses at as many people, each from its own address."""
    return [
        sign_in(elsewhere(), f"somebody{next(_others)}@example.org", "pas-le-bon").status_code for _ in range(times)
    ]


def words(response):
    return response.content.decode().replace("\u00a0", " ")


def test_past_the_minute_s_failures_an_unknown_device_waits_for_the_next_minute(client, noon):
    assert wave(LIMIT + 2) == [200] * LIMIT + [429] * 2
    for identifier in (EMAIL, "nobody@example.org"):
        response = sign_in(Client(), identifier)
        assert response.status_code == 429
        assert "La connexion attend un peu sur les nouveaux appareils" in words(response)
        assert "15 h 01" in words(response)
    noon.move_to("2026-11-23 14:01:00Z", tick=False)
    assert sign_in(client, EMAIL).status_code == 302


def test_a_known_device_enters_all_the_while(client):
    sign_in(client, EMAIL)
    client.post("/deconnexion/")
    wave()
    assert sign_in(client, EMAIL).headers["Location"] == "/mon-compte/"


def test_so_does_who_holds_a_pass(client):
    wave()
    client.post("/connexion/deblocage/", {"username": EMAIL})
    client.post(path(next(m for m in received() if m.to == [EMAIL]), "/connexion/deblocage/"))
    assert sign_in(client, EMAIL).headers["Location"] == "/mon-compte/"


def test_a_known_device_s_own_failures_are_no_part_of_it(client):
    sign_in(client, EMAIL)
    client.post("/deconnexion/")
    for _ in range(9):
        sign_in(client, EMAIL, "pas-le-bon")
    assert wave(LIMIT) == [200] * LIMIT


def test_successes_are_no_part_of_it():
    for _ in range(2 * LIMIT):
        assert sign_in(elsewhere(), EMAIL).status_code == 302


def test_waiting_for_others_costs_no_try_of_one_s_own(noon):
    someone = elsewhere()
    wave()
    for _ in range(40):
        assert sign_in(someone, EMAIL).status_code == 429
    noon.shift(timedelta(minutes=1))
    assert sign_in(someone, EMAIL, "pas-le-bon").status_code == 200
    assert sign_in(someone, EMAIL).status_code == 302


def test_hammering_at_one_door_closes_no_other(client):
    someone = elsewhere()
    for _ in range(3 * LIMIT):
        sign_in(someone, "nobody@example.org", "pas-le-bon")
    assert sign_in(client, EMAIL).status_code == 302


def test_the_organisation_is_told_at_once_and_once_an_hour(noon):
    wave()
    letter = the_mail()
    assert letter.to == ["securite@estuaire.example"]
    assert letter.subject == "Beaucoup de mauvais mots de passe en même temps"
    assert f"Plus de {LIMIT} essais" in letter.body
    for _ in range(3):
        noon.shift(timedelta(minutes=1))
        assert wave(LIMIT + 1).count(429) == 1
    assert received() == []
    noon.shift(timedelta(hours=1))
    wave()
    assert len(received()) == 1


def test_without_a_contact_for_security_the_support_is_told():
    configure(security_email="")
    wave()
    assert the_mail().to == ["aide@estuaire.example"]


def test_without_any_contact_the_log_tells(caplog):
    configure(security_email="", support_email="")
    wave(LIMIT + 1)
    assert received() == []
    told = [line for line in caplog.records if "portal_paused" in str(line.msg)]
    assert [line.levelname for line in told] == ["ERROR"]


def test_the_organisation_says_how_many_failures_are_ordinary():
    configure(portal_failures_per_minute=20)
    assert wave(21) == [200] * 20 + [429]
