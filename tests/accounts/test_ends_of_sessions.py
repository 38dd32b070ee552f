"""A page left open learns how long its session lasts without prolonging it; its button does."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.accounts.factories import account, adult, sign_in
from xpassfam.accounts.models import Session

pytestmark = pytest.mark.django_db
EMAIL, ASK = "camille@example.org", "/connexion/session/"
START = datetime.fromisoformat("2027-01-11T08:00:00+00:00")
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _signed_in(client, time_machine):
    time_machine.move_to(START, tick=False)
    account(adult(member_number="ESF-2019-004812-K"), email=EMAIL)
    sign_in(client, EMAIL)


def test_asking_tells_what_is_left_and_prolongs_nothing(client, time_machine):
    assert client.get(ASK).json() == {"left": 3600, "prolonged": True}
    time_machine.shift(58 * MINUTE)
    assert client.get(ASK).json() == {"left": 120, "prolonged": True}
    time_machine.shift(2 * MINUTE)
    assert client.get(ASK).json() == {"left": 0, "prolonged": False}


def test_the_button_prolongs_it_at_once_even_just_after_a_use(client, time_machine):
    time_machine.shift(4 * MINUTE)
    assert client.post(ASK).json() == {"left": 3600, "prolonged": True}
    time_machine.shift(58 * MINUTE)
    client.post(ASK)
    time_machine.shift(58 * MINUTE)
    assert client.get("/mon-compte/").status_code == 200


def test_never_past_its_absolute_end(client, time_machine):
    end = Session.objects.get().absolute_end
    while datetime.now(end.tzinfo) < end - 50 * MINUTE:
        time_machine.shift(45 * MINUTE)
        client.get("/mon-compte/")
    told = client.post(ASK).json()
    assert told["prolonged"] is False
    assert told["left"] <= 3000
    time_machine.shift(50 * MINUTE)
    assert client.get("/mon-compte/").status_code == 302


def test_a_page_says_what_is_left_when_it_is_made(client, time_machine):
    time_machine.shift(4 * MINUTE)
    assert 'data-left="3360"' in client.get("/mon-compte/").content.decode()
    time_machine.shift(4 * MINUTE)
    assert 'data-left="3600"' in client.get("/mon-compte/").content.decode()


PUBLIC = ["/assistance/", "/aide/", "/aide/mot-de-passe-oublie/", "/mentions-legales/", "/verifier/", "/etat/"]


@pytest.mark.parametrize("page", PUBLIC)
def test_an_open_page_says_it_too_to_who_is_signed_in_and_to_nobody_else(client, page):
    shown = client.get(page).content.decode()
    assert shown.count("data-left=") == 1
    assert "Reconnectez-vous dans une autre fenêtre, puis envoyez-le." in shown
    assert "data-left=" not in Client().get(page).content.decode()


@pytest.mark.parametrize(("role", "page"), [("agent", "/gestion/"), ("administrator", "/admin/")])
def test_so_do_the_pages_of_staff(role, page):
    staff = Client()
    staff.force_login(account(role=role, email="nadia@organisation.example"))
    assert staff.get(page).content.decode().count("data-left=") == 1


def test_a_stranger_learns_nothing_and_prolongs_nothing():
    assert Client().get(ASK).json() == Client().post(ASK).json() == {"left": 0, "prolonged": False}


def test_another_site_prolongs_nobody_s_session(client):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(ASK, headers={"origin": "https://evil.example"}).status_code == 403


def test_signing_out_empties_the_browser_s_storage(client):
    assert client.post("/deconnexion/").headers["Clear-Site-Data"] == '"storage"'


def test_asking_after_the_end_takes_the_cookie_away_from_no_form(client, time_machine):
    """The page that says « terminée » has just asked: what is typed in it still comes back after the sign-in."""
    cookie = client.cookies["session"].value
    time_machine.shift(61 * MINUTE)
    assert client.get(ASK).json()["left"] == 0
    assert client.cookies["session"].value == cookie
