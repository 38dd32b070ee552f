"""A request from end to end, by a family and by agents, in a real browser; then one refused, corrected, contested."""

import re
from datetime import date, timedelta

import pytest

from tests.journeys.site import FAMILY_PASSWORD, STAFF_PASSWORD
from tests.journeys.test_filing import a_day, begins, chooses
from tests.vault import samples

ODILE = "odile.lambert@example.org"
NADIA = "nadia.ferrand@solidarite-estuaire.example"
CLAIRE = "claire.delaunay@solidarite-estuaire.example"
BILL = {"name": "facture.jpg", "mimeType": "image/jpeg", "buffer": samples.photo(width=300, height=400)}
LEASE = {"name": "bail.pdf", "mimeType": "application/pdf", "buffer": samples.pdf(1)}
FACTS = "La facture envoyée porte une autre adresse que celle de votre demande du mois."


def moves(visitor):
    """The pages of the new address; the date is of today, so that it takes effect at once."""
    today = date.today()  # noqa: DTZ011 the browser's day
    visitor.page.locator("[name=address-address]").fill("3 rue du Port")
    visitor.page.locator("[name=address-postcode]").fill("35400")
    visitor.page.locator("[name=address-postcode]").press("Tab")
    visitor.page.locator("[name=address-commune]").select_option(label="Saint-Malo")
    for part, value in (("day", today.day), ("month", today.month), ("year", today.year)):
        visitor.page.locator(f"[name=since_{part}]").fill(str(value))
    visitor.page.locator("[name=is_hosted][value=no]").check()
    visitor.press("Continuer")
    visitor.sees_heading("Qui déménage")
    visitor.page.locator("[name=all_move][value=yes]").check()


def gives(visitor, file):
    chooses(visitor, file)
    visitor.reads(file["name"])
    a_day(visitor)


def sends(visitor):
    visitor.sees_heading("Vérifier et envoyer")
    visitor.page.get_by_label("Ces réponses sont exactes").check()
    visitor.press("Envoyer ma demande")
    visitor.sees_heading("Votre demande est envoyée")
    return visitor.page.locator(".ref .code").inner_text()


def opens(agent, reference):
    """By its reference, as people say it on the telephone."""
    agent.open(f"/gestion/demandes/?q={reference.lower().replace('-', ' ')}")
    if not re.search(r"/gestion/demandes/[a-z2-7]{20,}/$", agent.page.url):
        agent.page.locator("table tbody th[scope=row] a").first.click()
    agent.page.wait_for_url(re.compile(r"/gestion/demandes/[a-z2-7]{20,}/$"))


def decides(agent, way, button, **typed):
    agent.page.locator("#decider").get_by_role("link", name=re.compile(f"^{way}")).first.click()
    agent.type(**typed)
    agent.press("Continuer vers l’aperçu")
    agent.sees_heading("Avant d’envoyer")
    agent.press(button)


@pytest.mark.parametrize("width", [1280])
def test_an_address_is_asked_completed_approved_and_changed(visit, width):
    computer, phone, nadia = visit(width=width), visit(width=390), visit()
    computer.signs_in_as(ODILE, FAMILY_PASSWORD)
    begins(computer, "changement-adresse")
    moves(computer)
    computer.press("Continuer")
    computer.sees_heading("Les documents")
    draft = computer.page.url.removeprefix(computer.site.url).replace("documents/", "")

    phone.signs_in_as(ODILE, FAMILY_PASSWORD)
    phone.open(f"{draft}brouillon/")
    gives(phone, BILL)
    phone.press("Continuer")
    reference = sends(phone)

    nadia.signs_in_as(NADIA, STAFF_PASSWORD)
    opens(nadia, reference)
    nadia.press("Prendre cette demande")
    nadia.reads("3 rue du Port")
    nadia.page.locator("#decider").get_by_role("link", name=re.compile("^Demander de compléter")).click()
    until = date.today() + timedelta(days=12)  # noqa: DTZ011
    nadia.page.get_by_label("Justificatif de domicile").check()
    nadia.type(text="Cette facture est illisible. Le bail convient aussi.")
    for part, value in (("day", until.day), ("month", until.month), ("year", until.year)):
        nadia.page.locator(f"main [name=until_{part}]").fill(str(value))
    nadia.press("Demander")
    nadia.reads("La famille lit exactement ce qui manque")

    phone.open(draft)
    phone.look("Déclarer un changement d’adresse")
    phone.reads("Cette facture est illisible")
    phone.page.get_by_role("link", name="Ajouter ce qui manque").click()
    gives(phone, LEASE)
    phone.press("Envoyer")
    phone.reads("C’est à nous")

    opens(nadia, reference)
    decides(nadia, "Valider", "Valider et envoyer")
    nadia.reads("La lettre est partie")

    computer.open(draft)
    computer.look("Déclarer un changement d’adresse")
    computer.reads("Validée")
    with computer.page.expect_download() as got:
        computer.page.get_by_role("link", name=re.compile("décision.*PDF")).first.click()
    assert got.value.path().read_bytes().startswith(b"%PDF-")
    computer.open("/mon-compte/foyer/")
    computer.reads("3 rue du Port")
    computer.open("/mon-compte/historique/")
    computer.reads(f"Demande {reference} envoyée")
    computer.reads(f"Suite de la demande {reference} : nouvelle adresse du foyer.")

    again = corrects(computer, draft)
    opens(nadia, again)
    nadia.look("Déclarer un changement d’adresse")
    nadia.reads("Ce que la correction change")
    decides(nadia, "Valider", "Valider et envoyer")
    computer.open(draft)
    computer.look("Déclarer un changement d’adresse")
    computer.reads("Une correction est acceptée : elle a pris la place de cette demande.")
    computer.open("/mon-compte/foyer/")
    computer.reads("5 rue du Port")


def corrects(visitor, page, way="Corriger ma déclaration", told="Vous corrigez la demande"):
    """The number of the street, of what was accepted or refused."""
    visitor.open(page)
    visitor.press(way)
    visitor.page.wait_for_url(re.compile("/etape/"))
    visitor.look("Votre nouvelle adresse")
    visitor.reads(told)
    visitor.page.locator("[name=address-address]").fill("5 rue du Port")
    for heading in ("Qui déménage", "Les documents"):
        visitor.press("Continuer")
        visitor.sees_heading(heading)
    visitor.press("Continuer")
    return sends(visitor)


def refused(odile, nadia):
    """A move that came to nothing: the family reads why. Return its page and its reference."""
    odile.signs_in_as(ODILE, FAMILY_PASSWORD)
    begins(odile, "changement-adresse")
    moves(odile)
    odile.press("Continuer")
    gives(odile, BILL)
    odile.press("Continuer")
    reference = sends(odile)
    page = odile.page.url.removeprefix(odile.site.url).replace("envoyee/", "")

    nadia.signs_in_as(NADIA, STAFF_PASSWORD)
    opens(nadia, reference)
    nadia.page.locator("#decider").get_by_role("link", name=re.compile("^Refuser")).click()
    nadia.page.locator("main [name=reasons]").first.check()
    nadia.type(facts=FACTS)
    nadia.press("Continuer vers l’aperçu")
    nadia.press("Refuser et envoyer")
    nadia.reads("Demande refusée")

    odile.open(page)
    odile.look("Déclarer un changement d’adresse")
    odile.reads(FACTS)
    return page, reference


def test_what_was_refused_is_corrected_sent_again_and_accepted(visit):
    odile, nadia = visit(), visit()
    page, _reference = refused(odile, nadia)
    again = corrects(odile, page, "Corriger et renvoyer", "Ce qui n’allait pas la dernière fois")

    opens(nadia, again)
    decides(nadia, "Valider", "Valider et envoyer")

    odile.open(page)
    odile.reads(f"Elle est corrigée par la demande {again} : Validée")
    odile.open("/mon-compte/foyer/")
    odile.reads("5 rue du Port")


def test_a_refusal_is_corrected_or_contested_and_read_by_somebody_else(visit):
    odile, nadia, claire = visit(), visit(), visit()
    page, reference = refused(odile, nadia)
    odile.press("Corriger et renvoyer")
    odile.page.wait_for_url(re.compile("/(etape|documents|verifier)/"))
    odile.open(page)
    odile.press("Contester la décision")
    odile.page.wait_for_url(re.compile("/etape/"))
    odile.page.locator("main [name=grounds]").fill("La facture est bien à la nouvelle adresse, page 2.")
    odile.press("Continuer")
    odile.sees_heading("Les documents")
    odile.press("Continuer")
    contest = sends(odile)

    opens(nadia, contest)
    nadia.reads("quelqu’un d’autre doit examiner la contestation")
    claire.signs_in_as(CLAIRE, STAFF_PASSWORD)
    opens(claire, contest)
    claire.press("Prendre cette demande")
    decides(claire, "Valider", "Valider et envoyer")

    odile.open(page)
    odile.reads("En cours d’examen")
    odile.open("/mon-compte/historique/")
    odile.reads(f"Demande {reference} : la décision est retirée, la demande est examinée à nouveau.")
