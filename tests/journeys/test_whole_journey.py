"""Two adults of a household open their accounts, find the household, leave, forget, and come back."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.site import NEXT_PASSWORD, STARTED_PASSWORD

COMBINATIONS = [
    pytest.param("chromium", 1280, True, id="chromium-1280"),
    pytest.param("chromium", 390, True, id="chromium-390"),
    pytest.param("firefox-esr", 1280, True, id="firefox-1280"),
    pytest.param("firefox-esr", 390, True, id="firefox-390"),
    pytest.param("chromium", 390, False, id="without-javascript"),
]


@pytest.mark.parametrize(("program", "width", "javascript"), COMBINATIONS)
def test_a_household_opens_its_accounts_and_comes_back(visit, site, program, width, javascript):
    first, second = site.newcomers()
    thorough = (program, width, javascript) == ("chromium", 1280, True)
    person = visit(program, width=width, javascript=javascript, thorough=thorough)

    opens_by_link(person, first, javascript=javascript)
    signs_in_by_email(person, first)
    finds_the_household(person, first, second)
    signs_out(person)
    chooses_a_new_password(person, first)
    signs_in_by_number(person, first)
    signs_out(person)
    opens_by_code(person, second)
    person.sign_in(second.member_number, STARTED_PASSWORD)
    person.sees_heading(f"Bonjour {second.first_name.split()[0]}")


def opens_by_link(person, adult, *, javascript):
    person.open("/")
    person.look("Me connecter")
    person.follow("Créer mon compte")
    person.look("Créer mon compte")
    person.sign_up(adult, password=STARTED_PASSWORD)
    person.look("Regardez vos e-mails")

    left_open = person.page
    person.page = person.new_page()
    path = person.link_of(adult.email, "Ouvrez votre compte")
    person.look("Ouvrez votre compte")
    person.open(path)
    person.look("Ouvrir mon compte")
    person.press("Ouvrir mon compte")
    person.look("Votre compte est ouvert")
    person.open(path)
    person.look("Ce lien a déjà servi")
    person.page.close()

    person.page = left_open
    if javascript:
        person.reads("Votre compte est ouvert")
        person.look("Regardez vos e-mails")
        person.follow("Continuer")
    else:
        person.page.reload()
    person.look("Votre compte est ouvert")
    person.follow("Me connecter")


def signs_in_by_email(person, adult):
    person.sign_in(f" {adult.email.upper()} ", STARTED_PASSWORD)
    person.look(f"Bonjour {adult.first_name.split()[0]}")


def finds_the_household(person, adult, other):
    person.page.get_by_role("navigation").get_by_role("link", name=re.compile("foyer", re.IGNORECASE)).click()
    person.sees_heading("")
    people = person.page.locator("#personnes")
    for resident in (adult, other):
        expect(people.get_by_text(re.compile(re.escape(resident.first_name.split()[0]))).first).to_be_visible()
    person.look()
    person.open("/mon-compte/profil/")
    person.reads(adult.member_number)
    person.look("Mon profil")


def signs_out(person):
    person.press("Me déconnecter")
    person.reads("C’est fait : cet appareil est déconnecté.")
    person.look("Me connecter")
    person.open("/mon-compte/")
    person.sees_heading("Me connecter")


def chooses_a_new_password(person, adult):
    person.follow("Mot de passe oublié ?")
    person.look("Mot de passe oublié")
    person.type(username=adult.email)
    person.press("Recevoir le lien")
    person.reads(adult.email)
    person.look()
    path = person.link_of(adult.email, "Choisir un nouveau mot de passe")
    person.open(path)
    person.look("Choisir un nouveau mot de passe")
    person.type(new_password=NEXT_PASSWORD)
    person.press("Changer le mot de passe")
    person.reads("Votre mot de passe est changé. Connectez-vous avec le nouveau.")
    person.look("Me connecter")
    person.open(path)
    person.look("Ce lien a déjà servi")
    person.open("/connexion/")
    person.sign_in(adult.email, STARTED_PASSWORD)
    person.reads("L’identifiant et le mot de passe ne vont pas ensemble")


def signs_in_by_number(person, adult):
    person.sign_in(adult.member_number.replace("-", "\u00a0").lower(), NEXT_PASSWORD)
    person.look(f"Bonjour {adult.first_name.split()[0]}")


def opens_by_code(person, adult):
    person.follow("Créer mon compte")
    person.sign_up(adult, password=STARTED_PASSWORD)
    person.sees_heading("Regardez vos e-mails")
    waiting = person.page.url.removeprefix(person.site.url)
    digits = re.search(r"^\d{3}\s\d{3}$", person.mail(adult.email, "Ouvrez votre compte"), re.MULTILINE)[0]
    person.open(waiting)
    person.type(code="000 000" if digits != "000000" else "111 111")
    person.press("Ouvrir mon compte")
    person.reads("Ce n’est pas le bon code.")
    person.look("Regardez vos e-mails")
    person.type(code=f" {digits[:3]} {digits[3:]} ")
    person.press("Ouvrir mon compte")
    person.look("Votre compte est ouvert")
    person.follow("Me connecter")
