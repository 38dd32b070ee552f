"""A family gives a document on a bad line and reads it in the page; an agent opens it, and the history says so."""

import pytest
from playwright.sync_api import expect

from tests.journeys.site import AGENT, FAMILY_PASSWORD, STAFF_PASSWORD
from tests.vault import samples

CAMILLE = "camille.martin@example.org"
BMP = {"name": "vacances.bmp", "mimeType": "image/bmp", "buffer": b"BM" + b"\x00" * 100}


def pdf(name: str, pages: int = 1) -> dict[str, object]:
    return {"name": name, "mimeType": "application/pdf", "buffer": samples.pdf(pages)}


def at_the_form(visitor, kind="Facture"):
    visitor.signs_in_as(CAMILLE, FAMILY_PASSWORD)
    visitor.follow("Documents")
    visitor.look("Documents")
    visitor.follow("Ajouter un document")
    visitor.look("Ajouter un document")
    visitor.follow(kind)
    visitor.look(kind)


@pytest.mark.parametrize("program", ["chromium", "firefox-esr"])
def test_on_a_bad_line_nothing_is_lost(visit, program):
    camille = visit(program)
    at_the_form(camille)
    camille.page.get_by_label("De tout le foyer").check()
    cut = {"status": 503, "headers": {"Cache-Control": "no-store"}, "body": ""}
    camille.page.route("**/envoi/", lambda route: route.fulfill(**cut))
    camille.page.set_input_files("input[type=file]", [pdf("facture-octobre.pdf", 2)])
    camille.reads("La connexion a été coupée")
    camille.look()

    camille.page.unroute("**/envoi/")
    camille.page.get_by_role("button", name="Réessayer facture-octobre.pdf").click()
    expect(camille.page.get_by_text("PDF, 2 pages")).to_be_visible()
    camille.page.set_input_files("input[type=file]", [BMP, pdf("suite.pdf")])
    camille.reads("vacances.bmp\u00a0» n’a pas été ajouté")
    camille.page.get_by_role("button", name="J’ai compris vacances.bmp").click()
    camille.page.get_by_role("button", name="Retirer suite.pdf").click()
    camille.look()
    camille.press("Ajouter")

    camille.look("Facture")
    camille.reads("En cours de vérification")
    expect(camille.page.get_by_alt_text("Page 2 sur 2")).to_be_visible()
    expect(camille.page.locator("main img").first).to_have_js_property("naturalWidth", 1200)

    address = camille.page.url.removeprefix(camille.site.url)
    agent = visit(program)
    agent.signs_in_as(AGENT, STAFF_PASSWORD)
    agent.sees_heading("Bonjour")
    agent.open(address.replace("/mon-compte/", "/gestion/"))
    agent.look("Facture")

    camille.open("/mon-compte/historique/")
    camille.reads("Lecture d’un document\u00a0: Facture.")


def test_a_file_cut_off_on_its_way_leaves_again_by_itself(visit):
    camille = visit(width=390)
    at_the_form(camille)
    camille.page.get_by_label("De tout le foyer").check()
    tries = []

    def cut_twice(route):
        tries.append(route.request.url)
        route.abort("connectionfailed") if len(tries) < 3 else route.continue_()

    camille.page.route("**/envoi/", cut_twice)
    camille.page.set_input_files("input[type=file]", [pdf("facture-novembre.pdf")])
    expect(camille.page.get_by_text("Connexion coupée").first).to_be_visible()
    camille.look()
    camille.press("Ajouter")
    camille.look("Facture")
    camille.reads("En cours de vérification")
    assert len(tries) == 3
    for watch in camille.watches:  # the browser's console tells of the answers that we made fail
        watch.complaints[:] = [one for one in watch.complaints if "ERR_CONNECTION_FAILED" not in one]


def test_without_a_script_a_form_that_comes_back_has_its_files(visit):
    camille = visit(width=390, javascript=False)
    at_the_form(camille)
    camille.page.set_input_files("input[type=file]", [pdf("facture.pdf"), BMP])
    camille.press("Ajouter")
    camille.look("Facture")
    camille.reads("Choisissez une personne.")
    camille.reads("Vos autres fichiers sont bien là.")

    camille.page.get_by_label("De tout le foyer").check()
    camille.press("Ajouter")
    camille.look("Facture")
    camille.reads("C’est ajouté à vos documents.")


@pytest.mark.parametrize("width", [320, 1280])
def test_what_ends_is_renewed_from_the_first_page_in_one_step(visit, width):
    """Without a script: everything is there, nothing known is asked again."""
    camille = visit(width=width, javascript=False)
    camille.signs_in_as(CAMILLE, FAMILY_PASSWORD)
    camille.look("Bonjour")
    camille.open("/mon-compte/documents/")
    camille.look("Documents")
    camille.page.locator("#donnes li", has_text="Expire le").get_by_role("link", name="Renouveler").first.click()
    camille.look("Renouveler")
    camille.page.set_input_files("input[type=file]", [pdf("facture-novembre.pdf")])
    camille.press("Remplacer")
    camille.look("Renouveler")
    camille.reads("Écrivez la date du document")


def test_an_agent_asks_again_and_the_family_reads_why(visit):
    camille, agent = visit(), visit()
    camille.signs_in_as(CAMILLE, FAMILY_PASSWORD)
    camille.open("/mon-compte/documents/?quoi=birth_certificate")
    camille.look("Documents")
    camille.follow("Acte de naissance d’Adam")
    camille.look("Acte de naissance d’Adam")
    address = camille.page.url.removeprefix(camille.site.url)

    agent.signs_in_as(AGENT, STAFF_PASSWORD)
    agent.sees_heading("Bonjour")
    agent.open(address.replace("/mon-compte/", "/gestion/"))
    agent.look("Acte de naissance d’Adam")
    agent.follow("Redemander ce document")
    agent.look("Redemander un document")
    agent.press("Redemander")
    agent.look("Redemander un document")
    agent.reads("Dites pourquoi")
    agent.page.locator("[name=reason]").fill("La photo coupe le nom du second parent.")
    agent.press("Redemander")
    agent.look("Acte de naissance d’Adam")

    camille.open(address)
    camille.look("Acte de naissance d’Adam")
    camille.reads("La photo coupe le nom du second parent.")
    camille.follow("Renouveler")
    camille.look("Renouveler")
