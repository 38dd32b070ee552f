"""What anybody reads of asking online: what is offered, which files we take, when we answer, what if nothing works.

Source: CRPA, art. L112-9, R112-9-2.
"""

import re
from html import unescape
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from tests.organisation.factories import NOON, example
from tests.procedures.conftest import THIERRY
from tests.procedures.texts import MOVE
from xpassfam.documents.actions.giving import MOST_FILES
from xpassfam.organisation.models import LegalProfile
from xpassfam.procedures.actions import configure
from xpassfam.procedures.models import Procedure
from xpassfam.rules.legal_profiles import forbidden_phrases
from xpassfam.vault import words as words_of_files
from xpassfam.vault.limits import MOST_MEGABYTES, MOST_PAGES

pytestmark = pytest.mark.django_db
PAGE = "/modalites/"
PERIOD = "period: {since: 06-01, until: 11-30}\n"


def words(client, page=PAGE):
    """What the page says, with plain spaces."""
    answer = client.get(page)
    assert answer.status_code == 200
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_it_names_each_procedure_and_when_we_answer(client):
    call_command("load_procedures", stdout=StringIO())
    page = words(client)

    for one in Procedure.objects.published():
        assert one.definition.title in page
    assert "Au plus tard 5 jours ouvrés après l’envoi" in page
    assert "Tout de suite" in page


def test_what_an_administrator_changed_is_what_it_says(client, publishing):
    publishing(MOVE)
    procedure = Procedure.objects.get()
    procedure.title, procedure.delay_count, procedure.is_open = "Dire que l’on déménage", 9, False
    configure(procedure, changed=["title", "delay_count", "is_open"], by=THIERRY, at=timezone.now())
    page = words(client)

    assert "Dire que l’on déménage" in page
    assert "Au plus tard 9 jours ouvrés" in page
    assert "Cette démarche est fermée pour le moment." in page


@pytest.mark.parametrize(("month", "is_told"), [(6, False), (12, True)])
def test_out_of_its_period_a_procedure_says_when_it_opens(client, publishing, month, is_told):
    publishing(MOVE + PERIOD)
    with time_machine.travel(NOON.replace(month=month), tick=False):
        assert ("Cette démarche ouvre le 1er juin" in words(client)) == is_told


def test_it_tells_the_true_limits_of_files(client):
    page = words(client)

    assert f"{MOST_MEGABYTES} Mo au plus par fichier" in page
    assert f"{MOST_FILES} au plus pour un document" in page
    assert f"{MOST_PAGES} au plus dans un PDF" in page
    for ending in ("PDF", "JPG", "JPEG", "PNG", "HEIC", "HEIF"):
        assert ending in page
        assert f".{ending.lower()}" in words_of_files.ACCEPTED.split(",")
    assert f"{MOST_MEGABYTES} Mo" in str(words_of_files.LIMITS).replace("\u00a0", " ")


def test_it_says_whom_to_ask_and_what_to_do_when_the_service_is_away(client):
    example("solidarite-familles-estuaire")
    page = words(client)

    assert "02 61 91 44 00" in page
    assert "assistance@solidarite-estuaire.example" in page
    assert "12, quai des Antilles-Fictives" in page
    text = client.get(PAGE).content.decode()
    for address in ("/assistance/", "/etat/", "/inscription/", "/connexion/"):
        assert f'href="{address}"' in text


def test_without_procedures_it_says_so_and_whom_to_ask(client):
    page = words(client)

    assert "Aucune démarche ne se fait en ligne pour l’instant." in page
    assert "Écrire à l’assistance" in page


def test_an_administration_tells_what_its_silence_means(client, publishing, organisation_of):
    publishing(MOVE)
    organisation_of("adm")
    assert "Sans réponse de notre part après 2 mois" in words(client)


@pytest.mark.parametrize("profile", LegalProfile.values)
def test_it_says_nothing_that_the_legal_profile_forbids(client, organisation_of, profile):
    call_command("load_procedures", stdout=StringIO())
    organisation_of(profile)
    page = words(client).lower()

    assert [phrase for phrase in forbidden_phrases(profile) if phrase in page] == []


def test_every_page_leads_to_it(client):
    for page in ("/connexion/", "/aide/", "/assistance/"):
        assert f'href="{PAGE}"' in client.get(page).content.decode().partition('<footer class="foot">')[2]


def test_it_is_read_during_works(client):
    organisation = example("solidarite-familles-estuaire")
    organisation.maintenance_from, organisation.maintenance_until = NOON, NOON.replace(hour=13)
    organisation.save()
    with time_machine.travel(NOON.replace(minute=30), tick=False):
        assert "Si le site ne répond pas" in words(client)


def test_it_sets_no_cookie_and_costs_one_query_whatever_the_catalogue(client, django_assert_num_queries):
    call_command("load_procedures", stdout=StringIO())
    assert client.get(PAGE).cookies == {}
    with django_assert_num_queries(1):
        client.get(PAGE)
