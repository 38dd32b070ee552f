"""A visitor who asks for English gets English, on every public page."""

import re

import pytest

PAGES = [
    "/connexion/",
    "/inscription/",
    "/mot-de-passe/oublie/",
    "/aide/",
    "/aide/connexion/",
    "/assistance/",
    "/etat/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/accessibilite/",
    "/cookies/",
    "/nowhere/",
]
FRENCH = re.compile(r"\b(vous|votre|mot de passe|connexion|numéro|adresse|compte)\b", re.IGNORECASE)


# The names an organisation gives are its own, in its own language.
NAMES = re.compile(r"Mon compte|Votre organisme")


def words(page: str) -> str:
    """What people read of a page."""
    return NAMES.sub("", re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL))


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_is_in_english_for_who_asks(client, address):
    assert FRENCH.search(words(client.get(address).content.decode()))

    client.cookies["lang"] = "en"
    page = client.get(address).content.decode()

    assert '<html lang="en"' in page
    assert FRENCH.findall(words(page)) == []
