"""A telephone verified from the page, discreet mode, and a notice disowned in another browser."""

import re

from tests.journeys.site import FAMILY_PASSWORD

SECURITY = "/mon-compte/securite/"
NUMBER = "06 39 98 77 01"


def text_to(visitor, number: str) -> str:
    """The last SMS to a number, as the demo shows it."""
    visitor.open(f"/demo/courrier/?a={number}")
    visitor.page.locator("ul.docs a").first.click()
    return visitor.page.locator("main").inner_text()


def test_a_telephone_is_added_verified_and_removed(visit):
    visitor = visit()
    page = visitor.page
    visitor.signs_in_as("linh.nguyen@example.org", FAMILY_PASSWORD)
    visitor.open(f"{SECURITY}telephone/")
    visitor.look()
    page.get_by_label("Numéro de téléphone mobile").fill(NUMBER)
    page.get_by_role("button", name="Recevoir le code").click()
    visitor.look()
    page.wait_for_timeout(3000)
    other = visit()
    code = re.search(r"code (\d{6})", text_to(other, NUMBER))[1]
    page.get_by_label("Les 6 chiffres reçus").fill(f"{code[:3]} {code[3:]}")
    page.get_by_role("button", name="Vérifier mon numéro").click()
    assert "Votre numéro est vérifié" in page.locator("main").inner_text()
    visitor.open(f"{SECURITY}messages/")
    visitor.look()
    visitor.open(f"{SECURITY}telephone/retrait/")
    visitor.look()
    page.get_by_role("button", name="Retirer mon numéro").click()
    assert "Votre numéro est retiré" in page.locator("main").inner_text()
