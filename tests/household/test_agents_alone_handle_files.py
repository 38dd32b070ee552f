"""Agents handle families' files; administrators keep the register and the settings."""

import html
import re

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.household.families import agent_client, ask_for_address, read
from tests.household.homes import couple
from tests.journeys.test_every_page import routes
from xpassfam.accounts.models import Account
from xpassfam.journal.models import Line
from xpassfam.people.models import Separation

FILES = ("gestion/foyers/", "gestion/securite/", "gestion/separations/", "gestion/changements/")
# Of accounts, not of files: what is asked at sign-in, new passwords, letters for who lost everything (who starts one
# prints none).
NOT_OF_FILES = (
    "gestion/securite/deuxieme-etape/",
    "gestion/securite/mots-de-passe/",
    "gestion/securite/courriers/",
)


@pytest.fixture
def administrator(db):
    client = Client()
    sign_in(client, account(role=Account.Role.ADMINISTRATOR, email="thierry@organisation.example").email)
    return client


def pages_of_files():
    """Every address of `/gestion/` about families, those to come too; what they name does not exist."""
    found = [
        route
        for route in routes(get_resolver().url_patterns)
        if route.startswith(FILES) and not route.startswith(NOT_OF_FILES)
    ]
    return ["/" + re.sub("<[^>]+>", "inconnu", route) for route in found]


@pytest.mark.parametrize("page", pages_of_files())
def test_an_administrator_is_told_that_a_page_is_for_agents(administrator, page):
    before = Line.objects.count()
    for response in (administrator.get(page), administrator.post(page)):
        assert response.status_code == 403
        assert "les dossiers des familles sont ouverts aux agents seulement" in html.unescape(response.content.decode())
    assert Line.objects.count() == before


def test_an_administrator_is_shown_no_way_to_files(administrator):
    home = read(administrator, "/gestion/")
    assert [address for address in FILES if f'href="/{address}"' in home] == []
    for address in ("/gestion/registre/", "/admin/", "/gestion/composants/"):
        assert f'href="{address}"' in home
        assert administrator.get(address).status_code == 200


def test_an_agent_reads_how_much_waits_and_has_no_way_to_settings(family):
    agent = agent_client()
    assert "Rien n’attend ici" in read(agent, "/gestion/")
    ask_for_address(family.client(family.camille))
    parted = couple()
    Separation.objects.create(household=parted.household, declared_by=parted.holder.person, declared_at=timezone.now())

    page = read(agent, "/gestion/")
    assert "Des familles attendent votre réponse." in page
    counts = {duty.text: duty.count for duty in agent.get("/gestion/").context["duties"]}
    assert counts["Répondre aux changements que les familles demandent"] == 1
    assert counts["Régler les séparations déclarées"] == 1
    assert "/admin/" not in page
    assert "/gestion/registre/" not in page
