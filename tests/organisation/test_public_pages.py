import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.conf import global_settings, settings

from tests.organisation.factories import NOON, example
from xpassfam.organisation.cookies import cookies
from xpassfam.organisation.models import LegalProfile, Organisation
from xpassfam.rules.legal_profiles import forbidden_phrases

pytestmark = pytest.mark.django_db
PAGES = (
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/cookies/",
    "/accessibilite/",
    "/aide/",
    "/aide/connexion/",
    "/assistance/",
    "/etat/",
)
ESTUAIRE = "solidarite-familles-estuaire"


def words(client, page):
    response = client.get(page)
    assert response.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.mark.parametrize("page", PAGES)
def test_anybody_reads_the_page_before_any_configuration(client, page):
    assert "Votre organisme" in words(client, page)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("profile", LegalProfile.values)
def test_no_page_says_what_the_legal_profile_forbids(client, page, profile):
    organisation = example(ESTUAIRE)
    organisation.legal_profile = profile
    organisation.save()
    text = words(client, page).lower()
    assert [phrase for phrase in forbidden_phrases(profile) if phrase in text] == []


def test_an_administration_names_the_remedies_it_must(client):
    example("ville-de-port-breton")
    statement = words(client, "/accessibilite/")
    assert "article 47 de la loi n° 2005-102" in statement.replace("\u00a0", " ")
    assert "Défenseur des droits" in statement
    assert "mission d’intérêt public" in words(client, "/donnees-personnelles/")


def test_a_mutual_names_its_mediator_and_a_town_does_not(client):
    example("mutuelle-du-ponant")
    assert "Médiateur de la Mutualité" in words(client, "/mentions-legales/")
    Organisation.objects.all().delete()
    example("ville-de-port-breton")
    assert "Médiateur" not in words(client, "/mentions-legales/")


def test_the_legal_notice_says_all_that_the_law_asks(client):
    organisation = example(ESTUAIRE)
    text = words(client, "/mentions-legales/")
    for field in organisation.notice_fields():
        if field.name not in ("legal_profile", "dpo_contact"):
            assert " ".join(getattr(organisation, field.name).split()) in text, field.name


def test_the_cookie_page_lists_every_cookie_the_settings_name(client):
    named = {name for name in dir(settings) + dir(global_settings) if name.endswith("_COOKIE_NAME")}
    text = words(client, "/cookies/")
    assert {"SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "DEVICE_COOKIE_NAME", "LANGUAGE_COOKIE_NAME"} <= named
    assert [name for name in named if getattr(settings, name) not in text] == []
    assert "messages" in text


def test_the_cookie_page_tells_the_cookie_of_the_language_as_it_is_set(client):
    (cookie,) = client.post("/langue/", {"language": "en", "next": "/cookies/"}).cookies.values()
    told = {told.name: told.kept for told in cookies(Organisation())}
    assert told[cookie.key] == "1 an"
    assert cookie["max-age"] == 365 * 24 * 3600


# A form needs its token.
@pytest.mark.parametrize("page", [page for page in PAGES if page != "/assistance/"])
def test_a_public_page_sets_no_cookie(client, page):
    assert client.get(page).cookies == {}


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_asks_nothing_of_a_warm_database(client, page, django_assert_num_queries):
    example(ESTUAIRE)
    with time_machine.travel(NOON, tick=False):  # what is measured is asked for once a minute
        client.get(page)
        _ask_again(client, page, django_assert_num_queries)


def _ask_again(client, page, django_assert_num_queries):
    # That of the state says what is away now, the database included: it remembers nothing.
    with django_assert_num_queries(4 if page == "/etat/" else 0):
        client.get(page)


def test_help_says_how_to_reach_somebody(client):
    example(ESTUAIRE)
    for page in ("/aide/", "/aide/connexion/", "/assistance/", "/accessibilite/"):
        text = words(client, page)
        assert "02 61 91 44 00" in text
        assert "assistance@solidarite-estuaire.example" in text
        assert "44200 Nantes" in text


def test_the_state_page_tells_works_before_during_and_after(client):
    organisation = example(ESTUAIRE)
    organisation.maintenance_from, organisation.maintenance_until = NOON, NOON + timedelta(hours=1)
    organisation.save()
    with time_machine.travel(NOON - timedelta(hours=2), tick=False):
        text = words(client, "/etat/").replace("\u00a0", " ")
        assert "ferme le 23 novembre à 13 h, jusqu’à 14 h" in text
        assert "Le site répond" in text
    with time_machine.travel(NOON + timedelta(minutes=30), tick=False):
        assert "Travaux en cours" in words(client, "/etat/")
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        assert "ravaux" not in words(client, "/etat/")


def test_what_an_organisation_writes_is_text_and_never_code(client):
    organisation = example(ESTUAIRE)
    organisation.sign_in_notice = "<script>alert(1)</script>"
    organisation.postal_address = "<img src=x>"
    organisation.save()
    for page in PAGES:
        html = client.get(page).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
