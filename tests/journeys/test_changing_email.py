"""The address of sign-in: changed by the code or the link of the new mailbox, put back by its owner."""

import re

from tests.journeys.site import FAMILY_PASSWORD

ADDRESS = "/mon-compte/securite/adresse/"
OF_BEFORE, NEW = "guillaume.dhauteville@example.org", "guillaume.nouveau@example.org"


def asked_at(new, visitor):
    visitor.open(ADDRESS)
    visitor.look()
    visitor.page.get_by_label("adresse", exact=False).first.fill(new)
    visitor.press("Recevoir le message")
    visitor.sees_heading("Regardez vos e-mails")
    visitor.look()


def mail_of(new, reader):
    """Its words, read in another browser."""
    reader.open(f"/demo/courrier/?a={new}")
    for _ in range(60):
        if reader.page.locator("ul.docs a").count():
            break
        reader.page.wait_for_timeout(250)
        reader.open(f"/demo/courrier/?a={new}")
    reader.page.locator("ul.docs a").first.click()
    return reader.page.locator("main").inner_text()


def test_an_address_is_changed_and_put_back_by_its_owner(visit):
    owner, reader = visit(width=390), visit()
    owner.signs_in_as(OF_BEFORE, FAMILY_PASSWORD)
    asked_at(NEW, owner)
    told = mail_of(NEW, reader)
    owner.open(re.search(rf"({ADDRESS}lien/\S+)", told)[1])
    owner.look()
    owner.open(f"{ADDRESS}code/")
    owner.type(code=re.search(r"^\d{3}\s\d{3}$", told, re.MULTILINE)[0])
    owner.press("Changer l’adresse")
    assert NEW in owner.page.locator("main").inner_text()

    owner.open(f"{ADDRESS}ancienne/")
    owner.look()
    owner.press("Remettre l’ancienne adresse")
    assert f"vous vous connectez de nouveau avec {OF_BEFORE}" in owner.page.locator("main").inner_text()
    owner.look()
