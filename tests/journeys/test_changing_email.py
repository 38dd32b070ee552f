"""The address of sign-in: changed by the code or the link of the new mailbox, put back by its owner."""

import re

from tests.journeys.site import FAMILY_PASSWORD

ADDRESS = "/mon-compte/securite/adresse/"
SUBJECT = "Confirmez votre nouvelle adresse"
OF_BEFORE, NEW = "guillaume.dhauteville@example.org", "guillaume.nouveau@example.org"


def asked_at(new, visitor):
    visitor.open(ADDRESS)
    visitor.look()
    visitor.page.get_by_label("adresse", exact=False).first.fill(new)
    visitor.press("Recevoir le message")
    visitor.sees_heading("Regardez vos e-mails")
    visitor.look()


def test_an_address_is_changed_and_put_back_by_its_owner(visit):
    owner, reader = visit(width=390), visit()
    owner.signs_in_as(OF_BEFORE, FAMILY_PASSWORD)
    asked_at(NEW, owner)
    told = reader.mail(NEW, SUBJECT)
    owner.open(re.search(rf"({ADDRESS}lien/\S+)", told)[1])
    owner.look()
    owner.open(f"{ADDRESS}code/")
    owner.type(code=re.search(r"^\d{3}\s\d{3}$", told, re.MULTILINE)[0])
    owner.press("Changer l’adresse")
    owner.reads(f"vous vous connectez désormais avec {NEW}")

    owner.open(f"{ADDRESS}ancienne/")
    owner.look()
    owner.press("Remettre l’ancienne adresse")
    owner.reads(f"vous vous connectez de nouveau avec {OF_BEFORE}")
    owner.look()
