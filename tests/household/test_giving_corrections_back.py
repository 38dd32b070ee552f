"""The organisation takes what families changed to its own tool."""

import csv
import io

import pytest

from tests.household.families import agent_client, allow, send
from xpassfam.journal.models import Line
from xpassfam.people.actions.correcting import settle, standing_corrections
from xpassfam.rules.field_policy import Mode

pytestmark = pytest.mark.django_db
EXPORT = "/gestion/changements/export"


def rows(response):
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff"), "spreadsheets take it for Windows-1252 otherwise"
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


def test_each_correction_that_stands_is_a_row(family):
    allow(last_name=Mode.AT_ONCE, address=Mode.AT_ONCE)
    family.camille.register_key = "P1"
    family.camille.save()
    client = family.client(family.camille)
    send(client, "/mon-compte/profil/telephone/", phone="06 39 98 12 40")
    send(client, "/mon-compte/foyer/adresse/", country="FR", address="3 rue Neuve", postcode="44000", commune="44109")

    heads, phone, address = rows(agent_client().get(EXPORT))

    assert heads[:4] == ["Numéro de dossier", "Identifiant", "Personne ou foyer", "Champ"]
    assert phone[1:6] == ["P1", "Camille Martin", "Téléphone", "06 39 98 00 13", "06 39 98 12 40"]
    assert address[0] == family.home.file_number
    assert address[4:6] == ["14 rue du Coudray, 44200 Nantes", "3 rue Neuve, 44000 Nantes"]
    assert Line.objects.get(kind="household.corrections_exported").audience == "staff"


def test_what_the_register_has_taken_is_no_longer_there(family):
    family.camille.register_key = "P1"
    family.camille.save()
    send(family.client(family.camille), "/mon-compte/profil/telephone/", phone="06 39 98 12 40")
    settle([one.correction_id for one in standing_corrections("person")], outcome="taken", at="2026-11-24T00:00Z")

    assert len(rows(agent_client().get(EXPORT))) == 1


def test_a_value_is_no_formula(family):
    allow(address=Mode.AT_ONCE)
    formula = '=HYPERLINK("https://example.org")'
    client = family.client(family.camille)
    send(client, "/mon-compte/foyer/adresse/", country="FR", address=formula, postcode="44000", commune="44109")

    assert rows(agent_client().get(EXPORT))[1][5].startswith("'=HYPERLINK")
