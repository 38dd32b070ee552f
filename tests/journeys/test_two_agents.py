"""An account that two agents change, and a complaint that one links: with the demo's own requests, and no JavaScript
for the second."""

import re

import pytest

from tests.journeys.site import STAFF_PASSWORD

NADIA = "nadia.ferrand@solidarite-estuaire.example"
CLAIRE = "claire.delaunay@solidarite-estuaire.example"


@pytest.fixture
def agent(visit):
    def arrives(email=NADIA, **how):
        visitor = visit(**how)
        visitor.signs_in_as(email, STAFF_PASSWORD)
        return visitor

    return arrives


def first_of(agent, view):
    agent.open(f"/gestion/demandes/?vue={view}")
    agent.page.locator("table tbody th[scope=row] a").first.click()
    agent.page.wait_for_url(re.compile(r"/gestion/demandes/[a-z0-9]+/$"))


def test_the_second_reads_what_speaks_for_care_sends_back_then_another_proposes_and_it_is_confirmed(agent):
    nadia, claire = agent(), agent(CLAIRE, width=320, javascript=False)
    first_of(nadia, "a-confirmer")
    nadia.reads("Le titulaire du compte ne porte le nom d’aucun adulte du foyer.")
    nadia.look()
    nadia.follow("Confirmer ou renvoyer")
    nadia.look("Confirmer la validation")
    nadia.follow("Renvoyer, avec un mot")
    nadia.look("Renvoyer la validation proposée")
    nadia.press("Renvoyer")
    nadia.look()
    nadia.type(word="Le RIB est au nom d’une autre personne : l’avez-vous appelée ?")
    nadia.press("Renvoyer")
    nadia.reads("C’est renvoyé")

    claire.open(nadia.page.url.removeprefix(nadia.site.url))
    claire.reads("Le RIB est au nom d’une autre personne")
    claire.page.locator("#decider").get_by_role("link", name=re.compile("^Valider tout")).click()
    claire.look("Valider la demande")
    claire.press("Continuer vers l’aperçu")
    claire.look("Avant d’envoyer")
    claire.press("Proposer à un collègue")
    claire.reads("À confirmer par un autre agent")
    claire.look()

    first_of(nadia, "a-confirmer")
    nadia.follow("Confirmer ou renvoyer")
    nadia.press("Continuer vers l’aperçu")
    nadia.look("Avant d’envoyer")
    nadia.press("Confirmer et envoyer")
    nadia.reads("Demande validée. La lettre est partie.")
    nadia.look()


def test_a_complaint_is_linked_by_its_reference(agent):
    nadia = agent()
    nadia.open("/gestion/demandes/?vue=contestations")
    nadia.look()
    nadia.page.locator("tr", has_text="réclamation").locator("th a").first.click()
    nadia.look()
    nadia.follow("La rattacher à une décision")
    nadia.look("Rattacher à une décision")
    nadia.type(reference="D-7K3Q-M2XP")
    nadia.press("Rattacher")
    nadia.reads("Aucune demande de ce foyer ne porte cette référence. Relisez-la.")
    nadia.look()
