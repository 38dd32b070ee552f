"""A rule changes without code and is published by a second person; an agent sees what it comes to for a family."""

from django.utils import timezone

from tests.journeys.site import ADMINISTRATOR, AGENT, STAFF_PASSWORD

SECOND = "anne.riou@solidarite-estuaire.example"


def test_a_rule_from_a_form_to_a_family_s_file(visit):
    thierry = visit(width=1280, javascript=False)
    thierry.signs_in_as(ADMINISTRATOR, STAFF_PASSWORD)
    thierry.open("/gestion/droits/R03/textes/")
    day = timezone.localdate()
    thierry.type(since_day=str(day.day), since_month=str(day.month), since_year=str(day.year))
    thierry.type(summary="Un bon d’achat par enfant, à Noël.", reason="Plus court")
    thierry.press("Proposer cette version")
    thierry.look("Noël des enfants")
    thierry.reads("Publier demande deux personnes")
    thierry.press("Lancer la simulation")
    thierry.look("Noël des enfants")

    anne = visit(width=390, javascript=False)
    anne.signs_in_as(SECOND, STAFF_PASSWORD)
    anne.open("/gestion/droits/")
    anne.page.get_by_role("row", name="R03").get_by_role("link", name="Par Thierry Roux").click()
    anne.look("Noël des enfants")
    anne.press("Publier cette version")
    anne.look("Noël des enfants")
    anne.reads("C’est publié\u00a0: version 2.")

    nadia = visit(width=390, javascript=False)
    nadia.signs_in_as(AGENT, STAFF_PASSWORD)
    nadia.open("/gestion/foyers/?q=SFE-95552")
    nadia.page.get_by_role("link", name="Foyer Le Goff").first.click()
    nadia.follow("Ses droits")
    nadia.look("Droits\u00a0: Foyer Le Goff")
    nadia.reads("Règle, version 2.")
