"""The help centre as anybody reads it."""

import pytest
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.accounts.steps import with_totp
from xpassfam.help import shelf

pytestmark = pytest.mark.django_db


def test_every_article_is_listed_and_opens(client):
    page = client.get("/aide/").content.decode()
    for slug, article in shelf.shipped().items():
        assert f'href="/aide/{slug}/"' in page
        answer = client.get(f"/aide/{slug}/")
        assert answer.status_code == 200
        assert f"<h1>{article.title}</h1>" in answer.content.decode()


def test_an_unknown_article_is_not_found(client):
    assert client.get("/aide/rien-de-tel/").status_code == 404


def test_a_search_shows_what_it_found_and_keeps_what_was_typed(client):
    page = client.get("/aide/", {"q": "mot de pass oublier"}).content.decode()
    assert 'href="/aide/mot-de-passe-oublie/"' in page
    assert 'value="mot de pass oublier"' in page


def test_a_search_that_finds_nothing_says_what_to_do(client):
    page = client.get("/aide/", {"q": "zzzzqqqq"}).content.decode()
    assert "Aucun article ne correspond" in page
    assert 'href="/assistance/"' in page


def test_what_is_typed_is_text_and_never_code(client):
    assert "<script>alert" not in client.get("/aide/", {"q": "<script>alert(1)</script>"}).content.decode()


def test_an_article_without_english_says_so_and_is_marked_french(client):
    client.cookies["lang"] = "en"
    page = client.get("/aide/document-refuse/").content.decode()
    assert 'class="prose" lang="fr"' in page
    assert 'class="prose" lang="fr"' not in client.get("/aide/mot-de-passe-oublie/").content.decode()


def test_only_articles_in_english_are_listed_for_english_readers(client):
    client.cookies["lang"] = "en"
    page = client.get("/aide/").content.decode()
    assert "I forgot my password" in page
    assert "Contester une décision" not in page


def test_help_in_the_menu_leads_to_help_with_signing_in_and_the_state(client):
    page = client.get("/connexion/").content.decode()
    assert 'href="/aide/"' in page
    assert 'href="/etat/"' in page


def test_a_warm_page_asks_nothing_of_the_database(client, django_assert_num_queries, time_machine):
    time_machine.move_to(timezone.now(), tick=False)  # what is measured is asked for once a minute
    client.get("/aide/")
    with django_assert_num_queries(0):
        for address in ("/aide/", "/aide/?q=code", "/aide/mot-de-passe-oublie/", "/aide/connexion/"):
            client.get(address)


@pytest.mark.parametrize("address", ["/aide/", "/aide/?q=code", "/aide/mot-de-passe-oublie/"])
def test_help_is_read_during_maintenance(client, address, time_machine):
    from tests.organisation.factories import NOON, example

    organisation = example("solidarite-familles-estuaire")
    organisation.maintenance_from, organisation.maintenance_until = NOON, NOON.replace(hour=13)
    organisation.save()
    time_machine.move_to(NOON.replace(minute=30), tick=False)
    assert client.get(address).status_code == 200


def test_a_wrong_password_is_offered_the_articles_of_its_cause(client):
    page = client.post("/connexion/", {"username": "rien@example.org", "password": "rien"}).content.decode()
    assert 'href="/aide/identifiant-et-mot-de-passe-refuses/"' in page
    assert 'href="/connexion/adresse/"' in page


@pytest.mark.parametrize(
    ("page", "article"),
    [
        ("/mot-de-passe/oublie/", "mot-de-passe-oublie"),
        ("/inscription/", "ouvrir-mon-compte"),
        ("/activation/inconnu/", "lien-d-activation-expire"),
    ],
)
def test_the_articles_of_a_trouble_stand_on_the_page_where_it_happens(client, page, article):
    assert f'href="/aide/{article}/"' in client.get(page).content.decode()


def test_the_second_step_offers_its_own(client):
    camille = account(email="camille@example.org")
    with_totp(camille)
    page = sign_in(client, camille.email)
    shown = client.get(page.headers["Location"]).content.decode()
    assert 'href="/aide/validation-supplementaire/"' in shown
    assert 'href="/aide/telephone-perdu/"' in shown
