"""Pages whose address is a secret send it to nobody and are kept nowhere."""

import pytest

pytestmark = pytest.mark.django_db

PAGES = [
    "/activation/x/",
    "/mot-de-passe/nouveau/x/",
    "/connexion/deblocage/x/",
    "/connexion/secours/x/",
    "/connexion/secours/arret/x/",
]


@pytest.mark.parametrize("address", PAGES)
def test_a_secret_address_is_neither_referred_nor_stored(client, address):
    response = client.get(address)
    assert response.headers["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response.headers["Cache-Control"]
