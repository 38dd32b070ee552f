"""An aid is exported, paid by the organisation's own tool, and noted: as an agent and a family see it."""

import re

from playwright.sync_api import expect

from tests.journeys.site import AGENT, FAMILY_PASSWORD, STAFF_PASSWORD


def test_a_payment_leaves_is_noted_and_the_family_reads_it(visit):
    nadia = visit()
    nadia.signs_in_as(AGENT, STAFF_PASSWORD)
    nadia.follow("Paiements")
    nadia.look("Paiements")
    nadia.page.get_by_role("link", name="Exporter").first.click()
    nadia.look("Exporter les paiements")
    nadia.press("Préparer le lot")
    nadia.look()
    nadia.reads("Pass culture et sport")
    with nadia.page.expect_download() as taken:
        nadia.press("Télécharger le fichier (CSV)")
    table = taken.value.path().read_text(encoding="utf-8-sig")
    assert "FR7630006000011234567890189" in table
    batch = nadia.page.url

    nadia.page.get_by_role("link", name=re.compile("Pass culture et sport.*Foyer Petit")).click()
    nadia.look()
    nadia.press("Sortir du lot\u00a0: il n’est pas parti")
    nadia.follow("Annuler ce paiement")
    nadia.look()
    nadia.follow("Le garder")

    nadia.page.goto(batch)
    nadia.follow("Noter le lot comme versé")
    nadia.look("Noter ce qui est versé")
    nadia.press("Noter comme versé")
    nadia.reads("C’est noté")

    camille = visit()
    camille.signs_in_as("camille.martin@example.org", FAMILY_PASSWORD)
    camille.open("/mon-compte/coordonnees-bancaires/")
    camille.look("Coordonnées bancaires")
    expect(camille.page.locator("#versements")).to_contain_text("sur le compte finissant par 0189")
    assert "finissant par 0189" in camille.mail(
        "camille.martin@example.org", "Un versement est parti vers votre compte"
    )
