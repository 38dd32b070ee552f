"""A family finds a sign-in it does not know; an agent finds the family, deals with the report, and is seen doing so."""

from tests.journeys.site import AGENT, FAMILY_PASSWORD, STAFF_PASSWORD

LINH = "linh.nguyen@example.org"
ANSWER = "Appel à Linh le 24 novembre : mot de passe changé."


def test_not_me_from_the_line_to_the_answer(visit, site):
    linh = visit()
    linh.signs_in_as(LINH, FAMILY_PASSWORD)
    linh.open("/mon-compte/historique/")
    linh.look("Historique")
    linh.reads("Connexion depuis un nouvel appareil")
    linh.page.locator(".hot").get_by_role("button", name="Déconnecter et prévenir").first.click()
    linh.look("Changer mon mot de passe")
    linh.reads("C’est noté")

    nadia = visit("firefox-esr")
    nadia.signs_in_as(AGENT, STAFF_PASSWORD)
    nadia.look("Bonjour Nadia")
    nadia.follow("Traiter les signalements « Ce n’est pas moi »".replace("« ", "«\u00a0").replace(" »", "\u00a0»"))
    nadia.look("Sécurité")
    nadia.page.get_by_role("link", name="Linh Nguyen").first.click()
    nadia.look("« Ce n’est pas moi », Linh Nguyen".replace("« ", "«\u00a0").replace(" »", "\u00a0»"))
    nadia.press("Clore le signalement")
    nadia.look()
    nadia.reads("Écrivez en une phrase ce que vous avez fait.")
    nadia.type(answer=ANSWER)
    nadia.press("Clore le signalement")
    nadia.reads("le signalement est clos")
    nadia.look()

    linh.open("/mon-compte/historique/")
    linh.look("Historique")
    linh.reads(ANSWER)
    linh.reads("Un agent a ouvert votre signalement")
    assert ANSWER in linh.mail(LINH, "Votre signalement est traité")


def test_an_agent_finds_a_family_spelt_as_heard_and_is_seen(visit):
    nadia = visit()
    nadia.signs_in_as(AGENT, STAFF_PASSWORD)
    nadia.follow("Familles")
    nadia.look("Familles")
    for _ in range(60):  # names become findable within a minute of the start
        nadia.type(q="nguyenn lin")
        nadia.press("Chercher")
        if nadia.page.get_by_role("link", name="Foyer Nguyen").first.is_visible():
            break
        nadia.page.wait_for_timeout(1000)
    nadia.look("Familles")
    nadia.page.get_by_role("link", name="Foyer Nguyen").first.click()
    nadia.look("Foyer Nguyen")
    nadia.follow("Voir les e-mails et téléphones")
    nadia.look("Foyer Nguyen")
    nadia.reads(LINH)

    linh = visit(width=390)
    linh.signs_in_as(LINH, FAMILY_PASSWORD)
    linh.open("/mon-compte/historique/?quoi=consultations")
    linh.look("Historique")
    linh.reads("Consultation des e-mails et téléphones du foyer par un agent, équipe Service des aides.")


def test_the_history_is_narrowed_without_javascript(visit):
    camille = visit("firefox-esr", javascript=False)
    camille.signs_in_as("camille.martin@example.org", FAMILY_PASSWORD)
    camille.open("/mon-compte/historique/")
    camille.page.locator("[name=qui]").select_option(label="Nos agents")
    camille.type(du="hier")
    camille.press("Filtrer")
    camille.look("Historique")
    camille.reads("Écrivez le jour, le mois et l’année.")
    camille.type(du="1er janvier 2020")
    camille.press("Filtrer")
    camille.look("Historique")
    camille.reads("Nadia Ferrand, pour l’organisation")
    assert camille.page.get_by_text("Connexion depuis").count() == 0
    with camille.page.expect_download() as download:
        camille.follow("Télécharger ces lignes (CSV)")
    assert "Nadia Ferrand" in download.value.path().read_text(encoding="utf-8-sig")
