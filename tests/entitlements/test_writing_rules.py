"""Administrators write rules, see what they say and what changes, and a second person publishes them."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.entitlements.texts import SUMMER, changed
from tests.household.homes import shown
from xpassfam.entitlements.actions import counting
from xpassfam.entitlements.models import Proposal, Simulation, Version

RIGHTS = "/gestion/droits/"


def staff(role="administrator", name="thierry"):
    client = Client()
    assert sign_in(client, account(role=role, email=f"{name}@example.org").email).status_code == 302
    return client


@pytest.fixture
def thierry(publishing):
    publishing(SUMMER)
    return staff()


@pytest.fixture
def anne(db):
    return staff(name="anne")


def proposed(client, text):
    response = client.post(f"{RIGHTS}texte/", {"text": text, "reason": "Vote"})
    assert response.status_code == 302, shown(response)
    return response["Location"]


def test_the_rule_is_read_in_words_with_its_cases(thierry):
    page = shown(thierry.get(f"{RIGHTS}R20/"))

    for said in ("6 à 17 ans", "T1, jusqu’à 600 €", "100 €", "Neuf ans", "oui, 60", "Réservé aux 6 à 17 ans."):
        assert said in page
    assert "Aucun critère interdit" in page


def test_what_rules_share_is_read_too(thierry):
    page = shown(thierry.get(f"{RIGHTS}VOC/"))

    assert "Enfant à charge" in page
    assert "T2, jusqu’à 900 €" in page


def published(client, address):
    """What is read there is published, as the page's own form does."""
    [read] = re.findall(r'name="read" value="([^"]+)"', shown(client.get(address))) or [""]
    return client.post(f"{address}publier/", {"read": read}, follow=True)


def test_a_text_is_proposed_then_published_by_somebody_else(thierry, anne):
    address = proposed(thierry, changed("T1: 100", "T1: 110", changed("since: 2026-01-01", "since: 2026-06-01")))
    page = shown(thierry.get(address))
    assert "Publier demande deux personnes" in page
    assert "Publier cette version" not in page
    assert Version.objects.filter(code="R20").count() == 1

    assert thierry.post(f"{address}publier/", follow=True).status_code == 200
    assert Version.objects.filter(code="R20").count() == 1

    page = shown(published(anne, address))
    assert "C’est publié : version 2." in page


def test_what_is_written_over_after_it_was_read_is_not_published(thierry, anne):
    address = proposed(thierry, changed("T1: 100", "T1: 110"))
    [read] = re.findall(r'name="read" value="([^"]+)"', shown(anne.get(address)))
    proposed(thierry, changed("T1: 100", "T1: 900"))

    page = shown(anne.post(f"{address}publier/", {"read": read}, follow=True))

    assert "Cette version a changé entre-temps." in page
    assert "900 €" in page
    assert Version.objects.filter(code="R20").count() == 1


def test_an_odd_code_in_the_address_begins_an_empty_text(thierry):
    assert thierry.get(f"{RIGHTS}texte/?droit=%00").status_code == 200


def test_what_changes_is_barred_or_underlined(thierry):
    page = shown(thierry.get(proposed(thierry, changed("at_most: 17", "at_most: 16"))))

    assert "<del>" in page
    assert "<ins>" in page


def test_a_wrong_text_comes_back_with_each_mistake_at_its_line(thierry):
    response = thierry.post(f"{RIGHTS}texte/", {"text": changed("audience: child", "audience: dog"), "reason": "x"})
    page = shown(response)

    assert response.status_code == 400
    assert "Ligne 7 : « dog » n’est pas une valeur possible" in page
    assert "audience: dog" in page.partition("<textarea")[2]
    assert not Proposal.objects.exists()


def test_a_failing_case_holds_it_back_until_its_answer_is_taken_with_a_reason(thierry, anne):
    address = proposed(thierry, changed("T2: 60", "T2: 65"))
    page = shown(anne.get(address))
    assert "Ne passe pas" in page
    assert "Pas encore possible" in page
    assert "Pas encore possible" in shown(anne.post(f"{address}publier/", follow=True))

    response = thierry.post(f"{address}cas/0/", {"reason": ""})
    assert response.status_code == 400
    assert "Il manque une réponse : Pourquoi" in shown(response)
    thierry.post(f"{address}cas/0/", {"reason": "Le montant monte."})
    page = shown(anne.get(address))
    assert "Publier cette version" in page
    assert "Vote<br>Neuf ans – Le montant monte." in page


def test_texts_and_amounts_change_without_code(thierry):
    page = shown(thierry.get(f"{RIGHTS}R20/textes/"))
    assert "Montant, tranche T1" in page
    sent = {
        "title": "Aide à l’été", "summary": "Une aide par enfant.", "law": "Règlement, article 20",
        "amount-by_bracket-T1": "120", "amount-by_bracket-T2": "60", "texts-yes": "{prénom} reçoit {montant} €.",
        "texts-no-age": "Réservé aux 6 à 17 ans.", "texts-no-bracket": "Votre quotient familial dépasse 900 €.",
        "texts-unknown-bracket": "Il nous manque votre quotient familial.", "since_day": "1", "since_month": "6",
        "since_year": "2026", "reason": "Vote",
    }  # fmt: skip
    response = thierry.post(f"{RIGHTS}R20/textes/", sent)
    assert response.status_code == 302, shown(response)

    proposal = Proposal.objects.get()
    assert "T1: 120" in proposal.source
    assert (proposal.since.isoformat(), proposal.reason) == ("2026-06-01", "Vote")
    assert "<del>" in shown(thierry.get(response["Location"]))


def test_a_word_that_can_not_be_replaced_is_told_in_the_form(thierry):
    sent = {
        "title": "Aide", "summary": "Une aide.", "law": "Règlement", "amount-by_bracket-T1": "1",
        "amount-by_bracket-T2": "60", "texts-yes": "{prenom}", "texts-no-age": "Âge.", "texts-no-bracket": "Non.",
        "texts-unknown-bracket": "?", "since_day": "1", "since_month": "6", "since_year": "2026", "reason": "Vote",
    }  # fmt: skip
    response = thierry.post(f"{RIGHTS}R20/textes/", sent)

    assert response.status_code == 400
    assert "« {prenom} » n’est pas un mot que nous savons remplacer." in shown(response)


def test_limits_of_brackets_change_without_code_and_stay_in_step(thierry):
    page = thierry.get(f"{RIGHTS}VOC/textes/")
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields if name != "since"}
    sent |= {"brackets-1-until": "950", "since_day": "1", "since_month": "1", "since_year": "2027", "reason": "Vote"}
    response = thierry.post(f"{RIGHTS}VOC/textes/", sent)

    assert response.status_code == 302, shown(response)
    page = shown(thierry.get(response["Location"]))
    assert "950" in page
    assert "name: T3, above: 950" in Proposal.objects.get().source


def test_a_day_that_is_past_is_not_taken_over_unsaid_and_is_told(thierry, anne):
    page = shown(thierry.get(f"{RIGHTS}R20/textes/"))
    assert 'value="2026"' not in page
    assert "Quand c’est non : le quotient familial" in page

    said = "ce que les familles lisent de ces jours-là change aussi"
    assert said in shown(anne.get(proposed(thierry, changed("T1: 100", "T1: 110"))))
    coming = changed("since: 2026-01-01", f"since: {timezone.localdate().year + 1}-06-01")
    assert said not in shown(anne.get(proposed(thierry, coming)))


def test_a_case_is_added_in_a_form(thierry):
    address = proposed(thierry, SUMMER + "  - {name: Autre, on: 2026-11-23, answer: 'no'}\n")
    sent = {
        "name": "Deux enfants", "on_day": "23", "on_month": "11", "on_year": "2026", "births": "18/06/2017\n09/02/2023",
        "adults": "1", "quotient": "500", "answer": "yes", "amount": "100",
    }  # fmt: skip
    assert thierry.post(f"{address}cas/", sent).status_code == 302
    assert "Deux enfants" in shown(thierry.get(address))

    response = thierry.post(f"{address}cas/", sent | {"births": "hier"})
    assert response.status_code == 400
    assert "Deux enfants" in shown(response)


def test_closing_a_right_is_proposed_then_published(thierry, anne):
    sent = {"since_day": "1", "since_month": "7", "since_year": "2027", "reason": "Fin"}
    response = thierry.post(f"{RIGHTS}R20/fermeture/", sent)
    assert "Ce droit se ferme" in shown(anne.get(response["Location"]))

    published(anne, response["Location"])
    assert "Fermeture le 1er juillet 2027" in shown(anne.get(RIGHTS))


def test_a_simulation_is_asked_and_read(thierry):
    address = proposed(thierry, changed("T1: 100", "T1: 120"))
    thierry.post(f"{address}simulation/", {"day_day": "23", "day_month": "11", "day_year": "2026"})
    simulation = Simulation.objects.get()
    assert "Voir où elle en est" in shown(thierry.get(address))
    assert thierry.get(f"{RIGHTS}simulations/{simulation.public_id}/etat/").json() == {"done": False, "percent": 0}

    counting.carry_on(simulation.public_id)
    assert "Comptée au 23 novembre 2026" in shown(thierry.get(address))


def test_only_agents_read_which_homes_they_are(thierry):
    address = proposed(thierry, changed("T1: 100", "T1: 120"))
    thierry.post(f"{address}simulation/", {"day_day": "23", "day_month": "11", "day_year": "2026"})
    homes = f"{RIGHTS}simulations/{Simulation.objects.get().public_id}/foyers.csv"

    assert thierry.get(homes).status_code == 403
    nadia = staff("agent", "nadia")
    response = nadia.get(homes)
    assert response.content.decode("utf-8-sig").startswith("Dossier;Commune;Effet")
    assert "Publier cette version" not in shown(nadia.get(address))


@pytest.mark.parametrize("place", ["texte/", "R20/textes/", "R20/fermeture/"])
def test_agents_read_rules_and_do_not_write_them(publishing, place):
    publishing(SUMMER)
    nadia = staff("agent", "nadia")

    assert nadia.get(f"{RIGHTS}R20/").status_code == 200
    assert nadia.get(RIGHTS + place).status_code == 403


def test_the_list_asks_the_same_of_the_database_for_any_number_of_rights(
    thierry, publishing, django_assert_max_num_queries
):
    for number in range(30, 40):
        publishing(changed("code: R20", f"code: R{number}"))
    with django_assert_max_num_queries(8):
        thierry.get(RIGHTS)


def test_what_is_dropped_is_gone(thierry):
    address = proposed(thierry, changed("T1: 100", "T1: 120"))
    thierry.post(f"{address}abandon/")

    assert "Abandonnée" in shown(thierry.get(address))
    assert "Publier cette version" not in shown(thierry.get(address))
