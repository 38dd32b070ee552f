"""Accounts of the organisation's own people, as an administrator makes and closes them in `/admin/`."""

import pytest

from tests.accounts.factories import account
from xpassfam.accounts.models import Account, Team

pytestmark = pytest.mark.django_db
LIST = "/admin/accounts/account/"


@pytest.fixture
def thierry(client):
    someone = account(email="thierry@example.org", role=Account.Role.ADMINISTRATOR)
    client.force_login(someone)
    return someone


@pytest.fixture
def nadia():
    return account(email="nadia@example.org", role=Account.Role.AGENT)


def act(client, action, *accounts):
    typed = {"action": action, "_selected_action": [one.pk for one in accounts]}
    return client.post(LIST, typed, follow=True).content.decode()


def test_who_is_blocked_and_let_in_again_is_said(client, thierry, nadia):
    assert f"{nadia} n’a plus accès." in act(client, "block", nadia)
    assert Account.objects.get(pk=nadia.pk).blocked_at
    assert f"{nadia} a de nouveau accès." in act(client, "unblock", nadia)
    assert not Account.objects.get(pk=nadia.pk).blocked_at


def test_nobody_closes_their_own_way_in(client, thierry):
    assert "Votre accès reste ouvert" in act(client, "block", thierry)
    assert not Account.objects.get(pk=thierry.pk).blocked_at


def test_nobody_takes_their_own_role_away(client, thierry, nadia):
    names = {"first_name": "Thierry", "last_name": "Roux", "role": "agent"}
    for someone in (nadia, thierry):
        assert client.post(f"{LIST}{someone.pk}/change/", names | {"email": someone.email}).status_code == 302
    assert Account.objects.get(pk=thierry.pk).role == "administrator"
    assert Account.objects.get(pk=nadia.pk).role == "agent"


def test_an_address_in_use_is_said_in_our_words(client, thierry, nadia):
    typed = {"email": nadia.email, "first_name": "Nadia", "last_name": "Ferrand", "role": "agent"}
    assert "Cette adresse a déjà un compte." in client.post(f"{LIST}add/", typed).content.decode()


def test_adding_somebody_says_that_a_mail_leaves(client, thierry):
    typed = {"email": "ines@example.org", "first_name": "Inès", "last_name": "Baudry", "role": "agent"}
    page = client.post(f"{LIST}add/", typed, follow=True).content.decode().replace("\u00a0", " ")
    assert "Un e-mail part à ines@example.org : il sert à choisir le mot de passe." in page


def test_the_list_offers_the_roles_that_stand_in_it(client, thierry, nadia):
    page = client.get(LIST).content.decode()
    assert "?role=agent" in page
    assert "?role=family" not in page
    shown = client.get(LIST, {"role": "agent"}).content.decode()
    assert "nadia@example.org" in shown
    assert "thierry@example.org" not in shown


def test_the_table_can_be_scrolled_by_keyboard(client, thierry):
    assert '<div class="scroller" role="region" tabindex="0" aria-label="Comptes">' in client.get(LIST).content.decode()


def test_a_team_goes_its_members_keep_their_account(client, thierry, nadia):
    team = Team.objects.create(name="Prestations")
    nadia.teams.add(team)
    address = f"/admin/accounts/team/{team.pk}/delete/"
    page = client.get(address).content.decode()
    assert "Les comptes de ses membres restent ouverts." in page
    assert "account-team" not in page
    client.post(address, {"post": "yes"})
    assert not Team.objects.exists()
    assert Account.objects.get(pk=nadia.pk).is_active


def test_pages_are_titled_in_french(client, thierry):
    def page(address):
        return client.get(address).content.decode().replace("\u00a0", " ")

    assert "<h1>Ajouter : équipe</h1>" in page("/admin/accounts/team/add/")
    assert "<h1>Équipes</h1>" in page("/admin/accounts/team/")
    assert "Aucun(e)" not in page("/admin/")
