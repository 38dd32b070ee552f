"""The explanation of an automated calculation: a paper that says the answer, what it looked at, and who decides."""

import io
from datetime import date

import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader

from tests.accounts.factories import account, sign_in
from tests.entitlements.homes import Home, noon, publish
from tests.pdf.readers import assert_legible
from tests.people.factories import acting

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


@pytest.fixture
def home(db):
    with time_machine.travel(noon(DAY), tick=False):
        publish("R01", "R02", "R04")
        family = Home()
        family.ines = family.child("Inès", date(2017, 6, 18))
        family.living_on(1211, date(2026, 9, 1))
        acting(family.camille, family.row)
        family.client = Client()
        sign_in(family.client, account(family.camille).email)
        yield family


def page(code, person=""):
    return f"/mon-compte/droits/{code}/calcul.pdf?personne={person}"


def text(response):
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(response.content)).pages]
    return " ".join(" ".join(pages).replace("\u00a0", " ").replace("\u202f", " ").split())


def test_it_says_the_answer_what_decided_the_rule_and_who_decides(home):
    response = home.client.get(page("R02", home.ines.public_id))
    said = text(response)

    assert response["Content-Disposition"] == 'attachment; filename="calcul-R02-2026-11-23.pdf"'
    for told in (
        "Explication d’un calcul automatique", "Coup de pouce rentrée, pour Inès, au 23 novembre 2026", "Non",
        "Votre quotient familial (1 211 €) dépasse la limite de 1 200 €.", "décide de la réponse", "9 ans",
        "Version 1 de la règle R02", "Enfant à charge : 19 ans au plus, ou bien 20 à 25 ans",
        "Règlement des aides 2026-2027, article 8",
        "une personne confirme toujours un « non »",
    ):  # fmt: skip
        assert told in said, told


def test_it_can_be_read_by_all(home):
    content = home.client.get(page("R01")).content
    assert_legible(content, tables=1)
    reader = PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("fr")
    assert "pdfuaid" in reader.xmp_metadata.stream.get_data().decode()


def test_of_another_day_it_says_that_day(home):
    response = home.client.get(page("R04", home.ines.public_id) + "&date=2025-12-23")
    assert "au 23 décembre 2025" in text(response)


@pytest.mark.parametrize("day", ["2026-02-30", "9999-12-31", "x"])
def test_of_a_day_that_cannot_be_read_there_is_none(home, day):
    assert home.client.get(page("R01") + f"&date={day}").status_code == 404


@pytest.mark.parametrize("code", ["R03", "R99", "x"])
def test_a_right_that_is_not_there_is_not_found(home, code):
    assert home.client.get(page(code)).status_code == 404


def test_another_home_s_child_is_not_found(home):
    other = Home("Foyer Moreau")
    theirs = other.child("Tom", date(2016, 4, 1))
    assert home.client.get(page("R02", theirs.public_id)).status_code == 404


def test_who_may_not_read_the_home_s_rights_has_their_own_alone(home):
    lea = home.child("Léa", date(2007, 1, 15))
    acting(lea, home.row, permission="view")
    client = Client()
    sign_in(client, account(lea).email)

    assert client.get(page("R02", home.ines.public_id)).status_code == 404
    assert client.get(page("R01")).status_code == 404
    assert "1 211" not in text(client.get(page("R02", lea.public_id)))
