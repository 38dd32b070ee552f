"""An aid asked for without script, granted child by child and read by its family; a disability recognised."""

import re

import pytest

from tests.journeys.site import ADMINISTRATOR, FAMILY_PASSWORD, STAFF_PASSWORD
from tests.journeys.test_a_whole_request import NADIA, opens, sends
from tests.journeys.test_filing import begins
from tests.vault import samples

SOPHIE = "sophie.petit@example.org"
DECISION = {"name": "decision.pdf", "mimeType": "application/pdf", "buffer": samples.pdf(1)}
SEASON = re.compile(r"^period:\n(?:  .*\n)+", re.MULTILINE)


@pytest.fixture
def in_season(visit):
    """The portal's day is today's: an administrator takes the season out of the definition."""
    thierry = visit()
    thierry.signs_in_as(ADMINISTRATOR, STAFF_PASSWORD)
    thierry.open("/gestion/demarches/texte/?demarche=coup-de-pouce-rentree")
    text = thierry.page.locator("textarea[name=text]")
    text.fill(SEASON.sub("", text.input_value()))
    thierry.press("Vérifier et voir")
    thierry.press("Publier")
    thierry.reads("C’est publié")


def test_the_aid_of_the_new_school_year_without_script(visit, in_season):
    sophie, nadia = visit(width=390, javascript=False), visit()
    sophie.signs_in_as(SOPHIE, FAMILY_PASSWORD)
    begins(sophie, "coup-de-pouce-rentree")
    sophie.look("Les enfants")
    sophie.page.get_by_label("Tom Moreau-Petit").check()
    sophie.page.locator("[name=schools]").fill("Tom, école Jean-Macé, CM1")
    sophie.press("Continuer")
    sophie.look("Le versement")
    sophie.reads("le compte qui finit par")
    sophie.press("Continuer")
    reference = sends(sophie)
    page = sophie.page.url.removeprefix(sophie.site.url).replace("envoyee/", "")

    nadia.signs_in_as(NADIA, STAFF_PASSWORD)
    opens(nadia, reference)
    nadia.reads("Ce que disent les règles")
    nadia.press("Prendre cette demande")
    nadia.page.locator("#decider").get_by_role("link", name=re.compile("^Valider")).first.click()
    nadia.page.get_by_label("Montant pour Tom Moreau-Petit").fill("60")
    nadia.press("Continuer vers l’aperçu")
    nadia.look("Avant d’envoyer")
    nadia.reads("60 € pour Tom")
    nadia.press("Valider et envoyer")
    nadia.reads("La lettre est partie")

    sophie.open(page)
    sophie.look("Demander le Coup de pouce rentrée")
    sophie.reads("60 € pour Tom")
    sophie.open("/mon-compte/historique/")
    sophie.reads("Paiement prévu : 60 €, pour « Coup de pouce rentrée, Tom Moreau-Petit »")


def test_a_disability_is_recognised_by_the_decision_alone(visit):
    sophie, nadia = visit(javascript=False), visit()
    sophie.signs_in_as(SOPHIE, FAMILY_PASSWORD)
    begins(sophie, "faire-reconnaitre-un-handicap")
    sophie.look("La décision")
    sophie.page.get_by_label("Tom Moreau-Petit").check()
    sophie.page.locator("[name=kind][value=aeeh]").check()
    sophie.type(since_day="2", since_month="9", since_year="2024")
    sophie.press("Continuer")
    sophie.sees_heading("Les documents")
    sophie.page.locator("[name=p1-files]").set_input_files([DECISION])
    for part, value in (("day", 31), ("month", 8), ("year", 2030)):
        sophie.page.locator(f"[name=p1-ends_on_{part}]").fill(str(value))
    sophie.press("Continuer")
    reference = sends(sophie)

    nadia.signs_in_as(NADIA, STAFF_PASSWORD)
    opens(nadia, reference)
    nadia.press("Prendre cette demande")
    nadia.page.get_by_label("Conforme").check()
    nadia.press("Garder cet avis")
    nadia.page.locator("#decider").get_by_role("link", name=re.compile("^Valider")).first.click()
    nadia.press("Continuer vers l’aperçu")
    nadia.press("Valider et envoyer")
    nadia.reads("La lettre est partie")

    sophie.open("/mon-compte/droits/")
    # Told in what unfolds: the answer itself is the line above.
    sophie.page.get_by_text("Majoration de 300 € pour Tom").first.wait_for(state="attached")
