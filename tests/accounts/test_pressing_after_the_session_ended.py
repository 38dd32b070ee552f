"""A button pressed on a page whose session has ended: nothing is done, and the way back leads to the page."""

import pytest

from tests.accounts.factories import account, adult, sign_in
from xpassfam.accounts.models import Session

pytestmark = pytest.mark.django_db
EMAIL = "camille@example.org"
BUTTON = "/mon-compte/historique/contestation/"
PAGE = "/mon-compte/historique/"
NOT_DONE = "rien n’a été fait. Connectez-vous, puis appuyez de nouveau"


@pytest.fixture(autouse=True)
def _session_ended(client):
    account(adult(member_number="ESF-2019-004812-K"), email=EMAIL)
    sign_in(client, EMAIL)
    Session.objects.all().delete()


def press(client, referer=None):
    headers = {"referer": referer} if referer else {}
    return client.post(BUTTON, {"ligne": "x"}, headers=headers)


def words(response):
    return response.content.decode().replace("\u00a0", " ")


def test_the_sign_in_leads_back_to_the_page_of_the_button(client):
    response = press(client, f"http://testserver{PAGE}?qui=moi")
    assert response.headers["Location"] == f"/connexion/?next={PAGE}%3Fqui%3Dmoi"
    assert NOT_DONE in words(client.get(response.headers["Location"]))
    entered = sign_in(client, EMAIL, next=f"{PAGE}?qui=moi")
    assert entered.headers["Location"] == f"{PAGE}?qui=moi"
    assert client.get(f"{PAGE}?qui=moi").status_code == 200


@pytest.mark.parametrize("referer", [None, "https://elsewhere.example/page/", "http://testserver/", "pas une adresse"])
def test_where_the_page_is_not_known_it_leads_to_the_first_page(client, referer):
    assert press(client, referer).headers["Location"] == "/connexion/"
    assert NOT_DONE in words(client.get("/connexion/"))
    assert sign_in(client, EMAIL).headers["Location"] == "/mon-compte/"


def test_a_page_that_was_only_asked_for_is_still_shown_after_the_sign_in(client):
    assert client.get(PAGE).headers["Location"] == f"/connexion/?next={PAGE}"
    assert NOT_DONE not in words(client.get("/connexion/"))
