"""Links that came late, twice, or to the wrong address; and a password changed from inside."""

import re
from dataclasses import replace

from tests.journeys.site import FAMILY_PASSWORD, NEXT_PASSWORD, STARTED_PASSWORD

INVITATION, NEW_PASSWORD = "Ouvrez votre compte", "Choisir un nouveau mot de passe"
ANTOINE, SOPHIE = "antoine.moreau@example.org", "sophie.petit@example.org"


def test_an_expired_invitation_is_sent_again_and_the_first_one_is_replaced(visit, site):
    adult = site.newcomer()
    visitor = visit()
    visitor.open("/inscription/")
    visitor.sign_up(adult, password=STARTED_PASSWORD)
    visitor.press("Renvoyer le message")
    visitor.reads(re.compile("Vous pourrez en demander un autre à"))
    first = visitor.link_of(adult.email, INVITATION)
    site.let_two_days_pass()
    visitor.open(first)
    visitor.look("Ce lien a expiré")
    visitor.press("Recevoir un nouveau lien")
    visitor.look("Regardez vos e-mails")
    wait_for_another_link(visitor, adult.email, first)
    visitor.open(first)
    visitor.look("Un lien plus récent est parti")


def wait_for_another_link(visitor, to, former):
    """The worker writes the message, and only then replaces the link."""
    for _ in range(60):
        if visitor.link_of(to, INVITATION) != former:
            return
        visitor.page.wait_for_timeout(250)
    raise AssertionError("no other link came")


def test_an_address_with_a_slip_is_corrected(visit, site):
    adult = site.newcomer()
    visitor = visit()
    visitor.open("/inscription/")
    visitor.sign_up(replace(adult, email=f"x{adult.email}"), password=STARTED_PASSWORD)
    visitor.follow("Corriger l’adresse")
    visitor.look("Corriger l’adresse")
    visitor.type(email="sans arobase")
    visitor.press("Envoyer à cette adresse")
    visitor.reads("Cette adresse n’est pas complète.")
    visitor.look("Corriger l’adresse")
    visitor.type(email=adult.email)
    visitor.press("Envoyer à cette adresse")
    visitor.sees_heading("Regardez vos e-mails")
    visitor.open(visitor.link_of(adult.email, INVITATION))
    visitor.press("Ouvrir mon compte")
    visitor.sees_heading("Votre compte est ouvert")


def test_a_weak_new_password_is_refused_and_an_old_link_too(visit, site):
    visitor = visit()
    visitor.open(f"/mot-de-passe/oublie/?username={SOPHIE}")
    visitor.press("Recevoir le lien")
    path = visitor.link_of(SOPHIE, NEW_PASSWORD)
    visitor.open(path)
    visitor.type(new_password="sophiepetit")
    visitor.press("Changer le mot de passe")
    visitor.look("Choisir un nouveau mot de passe")
    site.let_two_days_pass()
    visitor.open(path)
    visitor.look("Ce lien a expiré")
    visitor.follow("Recevoir un nouveau lien")
    visitor.sees_heading("Mot de passe oublié")


def test_a_password_changed_from_inside_closes_the_other_devices(visit):
    here, elsewhere = visit(), visit()
    for visitor in (here, elsewhere):
        visitor.signs_in_as(ANTOINE, FAMILY_PASSWORD)
    here.open("/mon-compte/securite/mot-de-passe/")
    here.type(current_password="ce n’est pas lui", new_password=NEXT_PASSWORD)
    here.press("Changer le mot de passe")
    here.reads("Ce n’est pas votre mot de passe actuel.")
    here.look("Changer mon mot de passe")
    here.type(current_password=FAMILY_PASSWORD, new_password=NEXT_PASSWORD)
    here.press("Changer le mot de passe")
    here.reads("Votre mot de passe est changé. Vos autres appareils sont déconnectés.")
    here.look("Changer mon mot de passe")

    elsewhere.open("/mon-compte/")
    elsewhere.reads("Votre session est terminée")
    elsewhere.look("Me connecter")
