"""Somebody is added to a home by a request, invited at the address typed for them, and says yes from an account of
their own, in a real browser.
"""

import re

import pytest

from tests.journeys.site import FAMILY_PASSWORD, STAFF_PASSWORD, STARTED_PASSWORD, rows
from tests.journeys.test_a_whole_request import NADIA, decides, opens, sends
from tests.journeys.test_filing import begins
from tests.vault import samples

ANTOINE, KEY, AWA = "antoine.moreau@example.org", "P001483", "awa.diallo@example.org"
PACS = {"name": "pacs.pdf", "mimeType": "application/pdf", "buffer": samples.pdf(1)}


def on(visitor, field, day, month, year):
    for part, value in (("day", day), ("month", month), ("year", year)):
        visitor.page.locator(f"main [name={field}_{part}]").fill(str(value))


def asks(visitor):
    begins(visitor, "ajouter-conjoint")
    visitor.look("La personne")
    visitor.type(last_name="Diallo", first_names="Awa", email=AWA)
    on(visitor, "birth_date", 1, 5, 1990)
    visitor.press("Continuer")
    visitor.sees_heading("Votre vie commune")
    visitor.page.get_by_label("Pacsés").check()
    on(visitor, "since", 2, 11, 2026)
    visitor.press("Continuer")
    visitor.sees_heading("Les documents")
    visitor.page.get_by_role("radio").first.check()
    visitor.page.locator("[name=p1-files]").set_input_files([PACS])
    visitor.reads(PACS["name"])
    visitor.press("Continuer")
    return sends(visitor)


def opens_an_account(visitor, file_number):
    visitor.open("/inscription/")
    visitor.type(last_name="Diallo", first_name="Awa", email=AWA, password=STARTED_PASSWORD)
    visitor.page.get_by_role("radio", name="Mon numéro de dossier").check()
    visitor.type(file_number=file_number)
    on(visitor, "birth_date", 1, 5, 1990)
    visitor.press("Créer mon compte")
    visitor.sees_heading("Regardez vos e-mails")
    visitor.open(visitor.link_of(AWA, "Ouvrez votre compte"))
    visitor.press("Ouvrir mon compte")
    visitor.sees_heading("Votre compte est ouvert")


@pytest.mark.parametrize("width", [390])
def test_a_partner_is_added_invited_and_says_yes(visit, width):
    antoine, nadia, awa = visit(width=width), visit(), visit(width=width)
    antoine.signs_in_as(ANTOINE, FAMILY_PASSWORD)
    reference = asks(antoine)

    nadia.signs_in_as(NADIA, STAFF_PASSWORD)
    opens(nadia, reference)
    nadia.press("Prendre cette demande")
    decides(nadia, "Valider", "Valider et envoyer")

    assert "Ouvrez d’abord votre propre compte" in awa.mail(AWA, "Antoine Moreau vous invite")
    number = next(
        file for file, person in rows("rattachements.csv", "Numéro de dossier", "Identifiant") if person == KEY
    )
    opens_an_account(awa, number)
    awa.signs_in_as(AWA, STARTED_PASSWORD)
    awa.page.get_by_role("link", name="Répondre").first.click()
    awa.look("vous invite")
    awa.press("Accepter")
    awa.reads("C’est fait")
    awa.open("/mon-compte/foyer/")
    awa.look("Votre foyer")
    awa.reads("Antoine Moreau")

    antoine.open("/mon-compte/foyer/acces/")
    antoine.look()
    antoine.reads("Acceptée")
    antoine.page.get_by_text(re.compile("Awa Diallo")).first.wait_for()
