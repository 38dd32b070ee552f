"""A family has a certificate; whoever is handed it verifies it without an account; an agent takes it back."""

import re

from playwright.sync_api import expect

from tests.journeys.site import AGENT, FAMILY_PASSWORD, STAFF_PASSWORD

LINH = "linh.nguyen@example.org"
CODE = re.compile(r"\b[2-9A-HJ-NP-Y]{4}-[2-9A-HJ-NP-Y]{4}-[2-9A-HJ-NP-Y]{4}\b")


def test_a_certificate_from_the_family_to_whoever_verifies_it(visit):
    linh = visit(width=390, javascript=False)
    linh.signs_in_as(LINH, FAMILY_PASSWORD)
    linh.open("/mon-compte/documents/")
    linh.follow("Attestations")
    linh.look("Attestations")
    linh.page.get_by_role("link", name="Obtenir Attestation de composition du foyer").click()
    linh.look("Attestation de composition du foyer")
    linh.press("Établir l’attestation")
    linh.look("Attestation de composition du foyer")
    linh.reads("C’est prêt")
    code = CODE.search(linh.page.locator("main").inner_text())
    assert code
    linh.open("/mon-compte/attestations/obtenir/card/")
    linh.press("Obtenir la carte")
    linh.look("Carte Pass Famille")

    counter = visit(javascript=False)
    counter.open("/verifier/")
    counter.type(code="7K3Q")
    counter.press("Vérifier")
    counter.look("Vérifier un document")
    expect(counter.field("code")).to_have_value("7K3Q")
    counter.type(code=code[0].lower())
    counter.press("Vérifier")
    counter.look("Vérifier un document")
    counter.reads("Ce document est valable")

    agent = visit()
    agent.signs_in_as(AGENT, STAFF_PASSWORD)
    agent.sees_heading("Bonjour")
    agent.open("/gestion/foyers/?q=nguyen+linh")
    agent.page.locator("main table a").first.click()
    agent.follow("Ses attestations")
    agent.look("Attestations")
    agent.page.get_by_role("link", name=re.compile("^Retirer A2")).first.click()
    agent.look("Retirer l’attestation")
    agent.type(reason="Le foyer a été mal enregistré.")
    agent.press("Retirer l’attestation")
    agent.reads("La famille lit pourquoi")

    counter.page.reload()
    counter.reads("Ce document a été retiré")
    linh.open("/mon-compte/attestations/")
    linh.page.get_by_role("link", name=re.compile("^Attestation de composition")).first.click()
    linh.look("Attestation de composition du foyer")
    linh.reads("Le foyer a été mal enregistré.")
