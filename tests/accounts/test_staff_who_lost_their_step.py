"""Staff get no letter: another administrator takes their second step away, and everybody who could object learns it."""

import pytest
from django.test import Client

from tests.accounts.factories import PASSWORD, account
from tests.accounts.first_step import FIRST
from tests.accounts.mailbox import received
from tests.accounts.steps import with_totp
from xpassfam.accounts.models import Account, TotpKey
from xpassfam.journal.models import Line

pytestmark = pytest.mark.django_db
LIST = "/admin/accounts/account/"


@pytest.fixture
def thierry(client):
    someone = account(email="thierry@example.org", role=Account.Role.ADMINISTRATOR)
    client.force_login(someone)
    return someone


@pytest.fixture
def nadia():
    someone = account(email="nadia@example.org", role=Account.Role.AGENT)
    with_totp(someone)
    return someone


def act(client, *accounts):
    typed = {"action": "remove_second_step", "_selected_action": [one.pk for one in accounts]}
    return client.post(LIST, typed, follow=True).content.decode()


def test_an_administrator_takes_it_away_and_the_next_sign_in_asks_for_a_new_one(client, thierry, nadia):
    hers = Client()
    hers.force_login(nadia)
    assert "en activera une autre" in act(client, nadia)
    assert hers.get("/gestion/").status_code == 302
    typed = {"username": nadia.email, "password": PASSWORD}
    assert Client().post("/connexion/", typed).headers["Location"] == FIRST


def test_it_is_told_to_the_person_and_to_every_administrator(client, thierry, nadia):
    account(email="ines@example.org", role=Account.Role.ADMINISTRATOR)
    act(client, nadia)
    told = received()
    assert {one.to[0] for one in told} == {"nadia@example.org", "thierry@example.org", "ines@example.org"}
    assert {one.subject for one in told if one.to == ["nadia@example.org"]} == {"Votre deuxième étape est retirée"}
    assert Line.objects.get(kind="accounts.staff_step_removed").actor == thierry.public_id


def test_nobody_takes_their_own_away(client, thierry):
    with_totp(thierry)
    assert "un autre administrateur peut la retirer" in act(client, thierry)
    assert TotpKey.objects.filter(account=thierry).exists()
    assert received() == []


def test_a_family_s_second_step_is_out_of_reach(client, thierry):
    camille = account(email="camille@example.org")
    with_totp(camille)
    act(client, camille)
    assert TotpKey.objects.filter(account=camille).exists()
