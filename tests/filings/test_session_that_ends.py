"""A session that ends while a family answers loses nothing of what it typed, without any script."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import PASSWORD
from tests.filings.factories import desk
from tests.filings.walking import INCOME, Walker, page
from xpassfam.accounts.models import Session

pytestmark = pytest.mark.django_db
TYPED = {**INCOME, "quotient": "1234,56"}


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


@pytest.fixture
def section(room, camille):
    return page(camille.begins(room), "etape/income/")


def idle_too_long():
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))


def press(client, section, typed=TYPED):
    return client.post(section, typed, headers={"referer": f"http://testserver{section}"})


def hidden(response, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    return found[1] if found else ""


def enter(client, asked, email, password=PASSWORD):
    """As the sign-in page that came as the answer."""
    typed = {
        "username": email,
        "password": password,
        "next": hidden(asked, "next"),
        "carried": hidden(asked, "carried"),
    }
    return client.post("/connexion/", typed)


def test_it_is_there_after_the_sign_in_and_once_only(room, camille, section):
    idle_too_long()
    asked = press(camille.client, section)

    assert asked.status_code == 200
    assert "ce que vous avez écrit sera là" in asked.content.decode()
    assert "1234,56" not in asked.content.decode()
    entered = enter(camille.client, asked, room.home.holder.email)
    assert entered.headers["Location"] == section
    assert "1234,56" in camille.get(section)
    assert "1234,56" not in camille.get(section)


def test_a_wrong_password_first_loses_nothing(room, camille, section):
    idle_too_long()
    asked = press(camille.client, section)

    again = enter(camille.client, asked, room.home.holder.email, password="autre-chose-encore-3")
    enter(camille.client, again, room.home.holder.email)

    assert "1234,56" in camille.get(section)


def test_somebody_else_who_signs_in_there_reads_nothing_of_it(room, camille, section):
    idle_too_long()
    asked = press(camille.client, section)

    enter(camille.client, asked, room.home.partner.email)

    assert "typed" not in camille.client.session
    assert "1234,56" not in camille.client.get("/mon-compte/").content.decode()


def test_it_is_not_given_to_another_page_meanwhile(room, camille, section):
    idle_too_long()
    enter(camille.client, press(camille.client, section), room.home.holder.email)

    assert "1234,56" not in camille.get("/mon-compte/")
    assert "1234,56" in camille.get(section)


def test_what_was_sent_with_a_page_too_old_for_its_form_is_kept_as_well(room, section):
    client = Client(enforce_csrf_checks=True)
    client.cookies = Walker.of(room.home.holder).client.cookies
    idle_too_long()

    asked = press(client, section)

    assert hidden(asked, "carried")


@pytest.mark.parametrize("typed", [{**TYPED, "note": "x" * 70_000}])
def test_too_much_is_said_not_to_be_kept(camille, section, typed):
    idle_too_long()

    assert press(camille.client, section, typed).status_code == 302


def test_who_signed_out_or_was_signed_out_leaves_nothing(camille, section):
    Session.objects.all().delete()

    assert press(camille.client, section).status_code == 302


@pytest.mark.parametrize("carried", ["x", "gAAAAA", "é" * 50])
def test_what_is_none_of_ours_is_nothing(room, carried):
    client = Client()
    typed = {"username": room.home.holder.email, "password": PASSWORD, "carried": carried}

    assert client.post("/connexion/", typed).status_code == 302
    assert "typed" not in client.session
