"""Administrators keep the messages that agents start from; a place that nothing fills is refused in words."""

import pytest

from tests.accounts.factories import account
from tests.desk.desks import entered
from tests.household.homes import shown
from xpassfam.filings.models import MessageTemplate

pytestmark = pytest.mark.django_db
ADD = "/admin/filings/messagetemplate/add/"


@pytest.fixture
def client():
    return entered(account(role="administrator", email="thierry@example.org"))


def test_a_template_is_kept(client):
    response = client.post(ADD, {"title": "Reçu", "text": "Bonjour {nom} ({reference}).", "position": 1})

    assert response.status_code == 302
    filled = MessageTemplate.objects.get().filled(name="Camille", reference="D-1", title="Quotient")
    assert filled == "Bonjour Camille (D-1)."


@pytest.mark.parametrize(
    ("text", "said"),
    [("Bonjour {prenon}.", "Ce repère n’existe pas : {prenon}."), ("Bonjour {nom", "Une accolade est restée ouverte")],
)
def test_a_place_that_nothing_fills_is_refused(client, text, said):
    response = client.post(ADD, {"title": "Reçu", "text": text, "position": 1})

    assert said in shown(response)
    assert not MessageTemplate.objects.exists()


@pytest.mark.parametrize("page", ["/gestion/demandes/", "/gestion/statistiques/"])
def test_an_administrator_handles_no_request(client, page):
    assert client.get(page).status_code == 403
