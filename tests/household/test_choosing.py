"""Somebody who acts for two households looks at one at a time."""

import html

import pytest

from tests.accounts.factories import account, sign_in
from tests.people.factories import acting, household, living, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def guardian(client):
    """Bénédicte lives in one home and acts for another, where Rose lives."""
    benedicte, rose = person("Bénédicte Arnaud"), person("Rose Blanc")
    wards, own = household("Foyer Blanc"), household("Foyer Arnaud")
    living(rose, wards)
    living(benedicte, own)
    acting(benedicte, wards)
    acting(benedicte, own)
    sign_in(client, account(benedicte).email)
    return own, wards


def shown(client):
    return html.unescape(client.get("/mon-compte/foyer/").content.decode())


def test_the_home_where_one_lives_comes_first_and_the_other_is_one_button_away(client, guardian):
    page = shown(client)

    assert "Rose" not in page
    assert "Voir\u00a0: Foyer Blanc" in page


def test_the_choice_holds_for_the_session(client, guardian):
    _own, wards = guardian

    response = client.post("/mon-compte/foyer/choix/", {"household": wards.public_id})

    assert response.headers["Location"] == "/mon-compte/"
    assert "Rose Blanc" in shown(client)
    assert "<h1>Foyer Blanc</h1>" in shown(client)


@pytest.mark.parametrize("wanted", ["", "quelque-chose"])
def test_a_household_one_does_not_act_for_is_not_found(client, guardian, wanted):
    assert client.post("/mon-compte/foyer/choix/", {"household": wanted}).status_code == 404


def test_somebody_elses_household_is_not_found(client, guardian):
    other = household("Foyer Voisin")

    assert client.post("/mon-compte/foyer/choix/", {"household": other.public_id}).status_code == 404
    assert "Voisin" not in shown(client)


def test_an_address_changes_nothing(client, guardian):
    _own, wards = guardian

    assert client.get("/mon-compte/foyer/choix/", {"household": wards.public_id}).status_code == 405
    assert "Rose" not in shown(client)


def test_with_one_household_nothing_is_offered(client):
    sign_in(client, account().email)

    assert "Vous regardez" not in shown(client)
