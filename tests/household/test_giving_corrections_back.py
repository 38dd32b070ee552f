"""The organisation takes what families changed to its own tool."""

import csv
import io

import pytest
from django.utils import timezone

from tests.household.families import agent_client, allow, read, send
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence
from xpassfam.people.actions.correcting import settle, standing_corrections
from xpassfam.people.models import Correction
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


def given():
    lines = Line.objects.filter(kind__startswith="household.given_to_register").order_by("pk")
    return [(line.household, line.person, sentence(line)) for line in lines]


def test_each_family_reads_which_of_its_facts_left_and_no_value(family):
    allow(address=Mode.AT_ONCE, child_first_names=Mode.APPROVAL)
    client = family.client(family.camille)
    send(client, "/mon-compte/profil/telephone/", phone="06 39 98 12 40")
    send(client, "/mon-compte/foyer/adresse/", country="FR", address="3 rue Neuve", postcode="44000", commune="44109")

    agent_client().get(EXPORT)

    what = "Ce qui a changé est donné au registre de l’organisation\u00a0: {}."
    home = family.home.public_id
    assert given() == [
        (home, "", what.format("adresse")),
        (home, family.camille.public_id, what.format("téléphone")),
    ]
    assert what.format("téléphone") in read(client, "/mon-compte/historique/")
    partner = read(family.client(family.karim), "/mon-compte/historique/")
    assert what.format("adresse") in partner
    assert what.format("téléphone") not in partner


def test_both_homes_of_a_shared_child_read_that_its_name_left(family):
    Correction.objects.create(
        person=family.tom,
        field="first_names",
        before={"first_names": "Tom"},
        after={"first_names": "Thomas"},
        at=timezone.now(),
        by="Camille Martin",
    )

    agent_client().get(EXPORT)

    assert {home for home, _person, _text in given()} == {family.home.public_id, family.other_home.public_id}
    assert all("Tom Moreau, prénoms" in text for _home, _person, text in given())


def test_somebody_who_lives_nowhere_any_more_reads_it_too(family):
    family.karim.residences.all().delete()
    Correction.objects.create(
        person=family.karim,
        field="phone",
        before={"phone": ""},
        after={"phone": "+33639980021"},
        at=timezone.now(),
        by="Karim Benali",
    )

    agent_client().get(EXPORT)

    assert [(home, person) for home, person, _text in given()] == [("", family.karim.public_id)]
