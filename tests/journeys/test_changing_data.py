"""A family changes its data, an agent answers, « Tout est exact »: as people do it."""

from playwright.sync_api import expect

from tests.journeys.site import AGENT, FAMILY_PASSWORD, STAFF_PASSWORD

ANTOINE = "antoine.moreau@example.org"


def agent_on(visit, who):
    agent = visit()
    agent.signs_in_as(AGENT, STAFF_PASSWORD)
    agent.follow("Changements")
    agent.look("Changements demandés")
    agent.page.get_by_role("link", name=who).first.click()
    return agent


def test_a_move_is_asked_approved_and_read(visit):
    antoine = visit()
    antoine.signs_in_as(ANTOINE, FAMILY_PASSWORD)
    antoine.open("/mon-compte/foyer/")
    antoine.page.get_by_role("link", name="Modifier Adresse").click()
    antoine.look("L’adresse de votre foyer")
    expect(antoine.field("commune")).to_have_value("59512")

    antoine.type(address="12 rue de l’Alouette\nAppartement 3", postcode="51 300")
    expect(antoine.page.locator("[name=commune] option")).to_have_count(47)
    antoine.field("commune").select_option(label="Vitry-le-François")
    antoine.look()
    antoine.press("Demander ce changement")
    antoine.look("Votre foyer")
    antoine.reads("En attente")
    antoine.reads("Vitry-le-François")

    agent = agent_on(visit, "Foyer Moreau")
    agent.look("Adresse\u00a0: Foyer Moreau")
    agent.reads("12 rue de l’Alouette")
    agent.press("Accepter le changement")
    agent.reads("Le changement est fait.")

    antoine.open("/mon-compte/")
    antoine.look("Bonjour Antoine")
    antoine.follow("Lire la réponse")
    antoine.look("Mon profil")
    antoine.reads("Changement accepté")
    antoine.press("J’ai lu")
    expect(antoine.page.get_by_text("Changement accepté")).to_have_count(0)
    antoine.open("/mon-compte/historique/")
    antoine.reads("Changement accepté")
    assert "C’est accepté." in antoine.mail(ANTOINE, "Votre changement est fait")


def test_a_name_is_asked_refused_with_a_reason_and_asked_again_then_withdrawn(visit):
    antoine = visit()
    antoine.signs_in_as(ANTOINE, FAMILY_PASSWORD)
    antoine.open("/mon-compte/profil/prenoms/")
    antoine.look("Vos prénoms")
    antoine.type(first_names="4ntoine")
    antoine.press("Demander ce changement")
    antoine.look()
    antoine.reads("Écrivez-le avec des lettres.")
    antoine.type(first_names="Antoine, Louis")
    antoine.press("Demander ce changement")
    antoine.reads("Votre demande est envoyée.")

    agent = agent_on(visit, "Antoine Moreau")
    agent.press("Refuser le changement")
    agent.look()
    agent.reads("Choisissez une raison")
    agent.page.get_by_label("Il nous faut un justificatif.").check()
    agent.type(explanation="Envoyez-nous la copie de votre carte d’identité.")
    agent.press("Refuser le changement")
    agent.reads("Le changement est refusé.")

    antoine.open("/mon-compte/profil/")
    antoine.look("Mon profil")
    antoine.reads("Envoyez-nous la copie de votre carte d’identité.")
    antoine.follow("Corriger et redemander")
    antoine.type(first_names="Antoine, Louis")
    antoine.press("Demander ce changement")
    antoine.follow("Annuler ce changement")
    antoine.look("Annuler ce changement")
    antoine.press("Annuler ce changement")
    antoine.reads("Votre demande est annulée.")
    expect(antoine.page.get_by_text("En attente")).to_have_count(0)
    antoine.press("J’ai lu")


def test_a_child_s_page_and_a_phone_at_once(visit):
    linh = visit()
    linh.signs_in_as("linh.nguyen@example.org", FAMILY_PASSWORD)
    linh.open("/mon-compte/foyer/")
    linh.follow("Voir et modifier Minh Nguyen")
    linh.look("Minh Nguyen")
    linh.page.get_by_role("link", name="Modifier Date de naissance").click()
    linh.look("Sa date de naissance")
    linh.open("/mon-compte/profil/telephone/")
    linh.type(phone="06.39.98.00.64")
    linh.press("Enregistrer")
    linh.look("Mon profil")
    linh.reads("06 39 98 00 64")


def test_data_are_confirmed_and_the_dashboard_asks_no_more(visit):
    aminata = visit(width=390)
    aminata.signs_in_as("aminata.traore@example.org", FAMILY_PASSWORD)
    aminata.open("/mon-compte/")
    aminata.reads("Relisez vos informations")
    aminata.follow("Relire et confirmer")
    aminata.look("Tout est exact")
    aminata.reads("à refaire maintenant")
    aminata.press("Tout est exact")
    aminata.look("Bonjour Aminata")
    aminata.reads("Vos informations sont confirmées.")
    expect(aminata.page.get_by_text("Relisez vos informations")).to_have_count(0)


def test_an_address_is_entered_without_javascript_in_two_steps(visit):
    helene = visit(javascript=False, width=390)
    helene.signs_in_as("helene.rousseau@example.org", FAMILY_PASSWORD)
    helene.open("/mon-compte/foyer/adresse/")
    helene.type(address="4 rue du Port", postcode="29 000")
    helene.press("Choisir la commune")
    helene.look("L’adresse de votre foyer")
    expect(helene.field("commune")).to_have_value("29232")
    expect(helene.field("address")).to_have_value("4 rue du Port")
    helene.press("Demander ce changement")
    helene.look("Votre foyer")
    helene.reads("4 rue du Port, 29000 Quimper")


def test_abroad_the_town_is_written(visit):
    yann = visit()
    yann.signs_in_as("yann.legoff@example.org", FAMILY_PASSWORD)
    yann.open("/mon-compte/foyer/adresse/")
    yann.page.locator("[name=country]").select_option("BE")
    expect(yann.field("commune")).to_be_hidden()
    yann.type(address="Rue Neuve 1", postcode="1000", town="Bruxelles")
    yann.look("L’adresse de votre foyer")
    yann.press("Demander ce changement")
    yann.reads("Bruxelles, Belgique")


def test_in_firefox_a_phone_changes_at_once_and_a_name_is_asked_and_taken_back(visit):
    antoine = visit("firefox-esr", width=390)
    antoine.signs_in_as(ANTOINE, FAMILY_PASSWORD)
    for phone in ("06 39 98 44 10", "06 39 98 44 11"):
        antoine.open("/mon-compte/profil/telephone/")
        antoine.look()
        antoine.type(phone=phone)
        antoine.page.locator("main form button[type=submit]").last.click()
        antoine.look("Mon profil")
        antoine.reads(phone.replace(" ", "\u00a0"))
    antoine.open("/mon-compte/profil/nom-de-naissance/")
    antoine.type(birth_name="Duval")
    antoine.page.locator("main form button[type=submit]").last.click()
    antoine.look("Mon profil")
    antoine.reads("En attente")
    antoine.page.get_by_role("link", name="Annuler").first.click()
    antoine.look()
    antoine.page.locator("main form button[type=submit]").last.click()
    antoine.reads("Votre demande est annulée.")
    antoine.look("Mon profil")
