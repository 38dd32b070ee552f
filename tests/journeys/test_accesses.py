"""Who opens a family's file, in a real browser: a helper invited by mail, a child of two homes, a couple that parts."""

import pytest
from playwright.sync_api import expect

from tests.journeys.site import AGENT, FAMILY_PASSWORD, STAFF_PASSWORD, STARTED_PASSWORD


def opens_an_account(person, adult):
    person.open("/inscription/")
    person.sign_up(adult, password=STARTED_PASSWORD)
    person.sees_heading("Regardez vos e-mails")
    person.open(person.link_of(adult.email, "Ouvrez votre compte"))
    person.press("Ouvrir mon compte")
    person.sees_heading("Votre compte est ouvert")


def invites(person, adult, *, what):
    person.open("/mon-compte/foyer/")
    person.follow("Donner accès à un proche")
    person.look("Donner accès à un proche")
    person.press("Envoyer l’invitation")
    person.reads("Écrivez son numéro d’adhérent.")
    person.look("Donner accès à un proche")
    person.type(member_number=adult.member_number.lower(), last_name=adult.last_name)
    person.page.get_by_role("radio", name=what).check()
    person.look("Donner accès à un proche")
    person.press("Envoyer l’invitation")
    person.reads("C’est noté.")
    person.look("Qui a accès à mon dossier")


@pytest.mark.parametrize(
    ("browser", "width", "javascript"),
    [("chromium", 1280, True), ("chromium", 390, False), ("firefox-esr", 1280, True)],
)
def test_a_helper_is_invited_by_mail_says_yes_and_is_let_go(visit, site, browser, width, javascript):
    holder, _partner = site.newcomers()
    guest = site.newcomer()
    host = visit(browser, width=width, javascript=javascript)
    helper = visit(browser, width=width, javascript=javascript)
    opens_an_account(host, holder)
    host.signs_in_as(holder.email, STARTED_PASSWORD)

    invites(host, guest, what="Voir, déposer et suivre les demandes")
    host.reads("En attente")

    letter = helper.mail(guest.email, f"{holder.first_name} {holder.last_name} vous invite")
    assert "Ouvrez d’abord votre propre compte" in letter
    opens_an_account(helper, guest)
    helper.signs_in_as(guest.email, STARTED_PASSWORD)
    helper.look(f"Bonjour {guest.first_name}")
    helper.follow("Répondre")
    helper.look("vous invite")
    helper.reads("Déposer des demandes pour le foyer.")
    helper.press("Accepter")
    helper.reads("C’est fait")
    helper.open("/mon-compte/foyer/")
    helper.look()
    expect(helper.page.locator("main")).not_to_contain_text(holder.email)

    host.open("/mon-compte/foyer/acces/")
    host.reads("Acceptée")
    host.page.get_by_role("link", name=f"Ce que cette personne voit ({guest.first_name} {guest.last_name})").click()
    host.look("Ce que voit")
    host.follow("Qui a accès à mon dossier\u202f?")
    host.page.get_by_role("link", name=f"Retirer l’accès ({guest.first_name} {guest.last_name})").click()
    host.look(f"Retirer à {guest.first_name} {guest.last_name} son accès")
    host.press("Retirer l’accès")
    host.reads("n’a plus accès à votre dossier")
    helper.open("/mon-compte/foyer/")
    helper.sees_heading("Votre foyer")
    expect(helper.page.locator("main")).not_to_contain_text(holder.first_name)


def test_a_child_of_two_homes_is_seen_in_both_and_neither_sees_the_other(visit):
    sophie, antoine = visit(), visit(width=390)
    sophie.signs_in_as("sophie.petit@example.org", FAMILY_PASSWORD)
    antoine.signs_in_as("antoine.moreau@example.org", FAMILY_PASSWORD)
    for parent, others in ((sophie, ("Antoine", "Roubaix")), (antoine, ("Sophie", "Lille"))):
        for page in ("/mon-compte/", "/mon-compte/foyer/", "/mon-compte/foyer/acces/"):
            parent.open(page)
            parent.look()
            for word in others:
                expect(parent.page.locator("body")).not_to_contain_text(word)
        parent.open("/mon-compte/foyer/")
        parent.reads("Tom Moreau-Petit")
        parent.reads("On n’y voit jamais votre adresse, ni les autres personnes de votre foyer.")


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (390, False)])
def test_a_separation_freezes_sharing_until_an_agent_settles_it(visit, site, width, javascript):
    first, second = site.newcomers()
    one, other = visit(width=width, javascript=javascript), visit(width=width, javascript=javascript)
    for person, adult in ((one, first), (other, second)):
        opens_an_account(person, adult)
        person.signs_in_as(adult.email, STARTED_PASSWORD)
    other.open("/mon-compte/foyer/")
    other.reads(first.email)

    one.open("/mon-compte/foyer/")
    one.follow("Déclarer une séparation")
    one.look("Déclarer une séparation")
    one.press("Déclarer la séparation")
    one.reads("Écrivez votre mot de passe, pour confirmer que c’est vous.")
    one.look("Déclarer une séparation")
    one.type(current_password=STARTED_PASSWORD)
    one.press("Déclarer la séparation")
    one.look("Le partage du dossier est suspendu")

    other.page.reload()
    other.look()
    expect(other.page.locator("body")).not_to_contain_text(first.email)
    other.reads("Masquée tant que la séparation n’est pas réglée")
    other.open("/mon-compte/foyer/separation/")
    other.look("Le partage du dossier est suspendu")
    other.mail(second.email, "Le partage de votre dossier est suspendu")

    agent = visit()
    agent.signs_in_as(AGENT, STAFF_PASSWORD)
    agent.follow("Séparations")
    agent.look("Séparations à régler")
    row = agent.page.get_by_role("listitem").filter(has_text=f"{first.first_name} {first.last_name}")
    row.get_by_role("link").click()
    agent.look()
    agent.page.get_by_role("radio", name="Le couple vit de nouveau ensemble").check()
    agent.type(reason="Vu avec les deux.")
    agent.press("Régler et rouvrir")
    agent.reads("C’est réglé.")
    other.open("/mon-compte/foyer/")
    other.reads(first.email)
