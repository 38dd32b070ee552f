"""Somebody lost their telephone and their mailbox: two agents, a letter, and a link that stops it."""

import re

from tests.journeys.site import AGENT, FAMILY_PASSWORD, STAFF_PASSWORD

CAMILLE = "camille.martin@example.org"
GUILLAUME = "guillaume.dhauteville@example.org"
OLIVIER = "olivier.marchal@solidarite-estuaire.example"


def test_who_lost_the_second_step_asks_for_a_letter_and_whoever_reads_the_mail_stops_it(visit):
    guillaume = visit(width=390)
    guillaume.open("/connexion/")
    guillaume.sign_in(GUILLAUME, FAMILY_PASSWORD)
    guillaume.look("Le code de votre application")
    guillaume.follow("J’ai tout perdu")
    guillaume.look("Vous avez tout perdu")
    guillaume.press("Demander le courrier")
    guillaume.look("Un courrier est en route")
    guillaume.follow("J’ai reçu le courrier")
    guillaume.look("Le code de notre courrier")
    guillaume.type(letter_code="K7QF-2M9TXV")
    guillaume.press("Ouvrir mon compte")
    guillaume.look()
    guillaume.reads("Ce n’est pas le code de notre dernier courrier.")

    other = visit("firefox-esr", javascript=False)
    text = other.mail(GUILLAUME, "Un courrier pour ouvrir votre compte est demandé")
    other.open(re.search(r"/connexion/secours/arret/[\w-]{40,}/", text)[0])
    other.look("Arrêter le courrier de secours")
    other.press("Tout arrêter")
    other.look("C’est arrêté")


def test_one_agent_starts_it_another_prints_the_letter_and_neither_has_both_halves(visit):
    nadia = visit()
    nadia.signs_in_as(AGENT, STAFF_PASSWORD)
    nadia.open("/gestion/foyers/?q=SFE-85473")
    nadia.page.locator("main table a").first.click()
    nadia.page.get_by_role("link", name=re.compile("^Tout est perdu")).first.click()
    nadia.look("Lancer un secours")
    nadia.press("Lancer le secours")
    nadia.look()
    nadia.reads("Rappelez d’abord la personne")
    nadia.page.get_by_label("J’ai rappelé la personne").check()
    nadia.press("Lancer le secours")
    nadia.look("Lancer un secours")
    word = nadia.page.locator(".addr").inner_text()
    assert re.fullmatch(r"[2-9A-Y]{3}-[2-9A-Y]{3}", word)
    nadia.open("/gestion/securite/courriers/")
    nadia.page.locator("main tbody a").last.click()
    nadia.look("Secours")
    assert nadia.page.get_by_role("button", name=re.compile("Faire le courrier")).count() == 0

    olivier = visit()
    olivier.signs_in_as(OLIVIER, STAFF_PASSWORD)
    olivier.open("/gestion/securite/courriers/")
    olivier.look("Courriers de secours")
    olivier.page.locator("main tbody a").last.click()
    olivier.look("Secours")
    assert word not in olivier.page.content()
    with olivier.page.expect_download() as download:
        olivier.press("Faire le courrier (PDF)")
    assert download.value.path().read_bytes().startswith(b"%PDF")
