"""Families find what they are offered, and how to have it; what is not open says why."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.text import slugify

from tests.household.families import read
from xpassfam.entitlements.judging import Verdict
from xpassfam.services import catalogue
from xpassfam.services.claims import Claim
from xpassfam.services.models import Category, Service, UsefulNumber

PAGE = "/mon-compte/services/"
DAY = timedelta(days=1)


@pytest.fixture
def offer(shelf):
    def make(title="Colonies", **facts):
        facts = {"slug": slugify(title), "summary": f"Tout sur {title}.", "category": shelf} | facts
        return Service.objects.create(title=title, is_published=True, **facts)

    return make


def found(client, text):
    return [entry.service.title for entry in client.get(PAGE, {"q": text}).context["found"]]


def test_services_stand_on_their_shelves_in_their_order(camille, offer):
    sport = Category.objects.create(title="Sport", position=0)
    offer("Colonies", position=2)
    offer("Billets", position=1)
    offer("Licence", category=sport)

    shelves = camille.get(PAGE).context["shelves"]

    assert [(shelf.title, [one.service.title for one in shelf.entries]) for shelf in shelves] == [
        ("Sport", ["Licence"]),
        ("Vacances", ["Billets", "Colonies"]),
    ]


def test_slips_accents_and_other_words_are_understood(camille, offer):
    offer("Aide à la garde", keywords="crèche nounou")
    offer("Colonies")
    assert found(camille, "grade") == ["Aide à la garde"]
    assert found(camille, "CRECHE") == ["Aide à la garde"]
    assert found(camille, "zzz") == []
    assert "Aucun service ne correspond" in read(camille, f"{PAGE}?q=zzz")


def test_what_is_not_published_is_nowhere(camille, offer):
    hidden = offer("Secret")
    Service.objects.update(is_published=False)
    assert "Secret" not in read(camille, PAGE)
    assert camille.get(f"{PAGE}{hidden.slug}/").status_code == 404
    assert "Aucun service pour l’instant" in read(camille, PAGE)


@pytest.mark.parametrize(
    ("opens", "closes", "why"),
    [(2, None, "Pas encore ouvert. Revenez à partir du"), (None, -1, "Terminé depuis le"), (-1, 1, "")],
)
def test_what_is_not_open_says_why_and_what_to_do(camille, offer, opens, closes, why):
    today = timezone.localdate()
    days = {
        name: None if ahead is None else today + ahead * DAY
        for name, ahead in (("opens_on", opens), ("closes_on", closes))
    }
    service = offer(how="Appelez-nous vite", **days)

    text = read(camille, f"{PAGE}{service.slug}/")

    assert ("Ce service n’est pas ouvert" in text) == bool(why)
    assert why in text
    assert ("Appelez-nous vite" in text) == (not why)
    assert why in read(camille, PAGE)


def test_a_partner_s_link_says_where_it_goes_and_tells_nothing(camille, offer):
    service = offer(partner_name="Billets de l’Estuaire", partner_url="https://www.billets.example/x?y=1")
    text = read(camille, f"{PAGE}{service.slug}/")
    assert 'href="https://www.billets.example/x?y=1" rel="noreferrer"' in text
    assert "Aller sur billets.example" in text
    assert "Nous ne lui disons pas qui vous êtes" in text


def test_no_link_is_kept_that_is_not_safe(offer):
    with pytest.raises(IntegrityError):
        offer(partner_url="http://billets.example/")


def test_a_procedure_and_a_telephone_are_one_touch_away(camille, offer):
    service = offer(procedure="coordonnees-bancaires", phone="02 61 91 44 20")
    text = read(camille, f"{PAGE}{service.slug}/")
    assert 'href="/mon-compte/demarches/coordonnees-bancaires/"' in text
    assert 'href="tel:+33261914420"' in text


def test_useful_numbers_are_there_unless_they_were_taken_away(camille):
    UsefulNumber.objects.create(label="Écoute", phone="02 61 91 44 20", hours="le soir")
    UsefulNumber.objects.create(label="Ancien", phone="02 61 91 44 21", is_published=False)
    text = read(camille, PAGE)
    assert "Écoute" in text
    assert 'href="tel:+33261914420"' in text
    assert "Ancien" not in text


def test_a_page_costs_the_same_however_much_is_offered(camille, offer):
    def cost(page):
        with CaptureQueriesContext(connection) as queries:
            read(camille, page)
        return len(queries)

    first = offer("Colonies", right="R06")
    cost(PAGE)  # what a process keeps is asked once
    costs = [cost(page) for page in (PAGE, f"{PAGE}{first.slug}/")]
    for number in range(8):
        offer(f"Service {number}", category=Category.objects.create(title=f"Rayon {number}"), right=f"R{number}")
    assert [cost(page) for page in (PAGE, f"{PAGE}{first.slug}/")] == costs
    assert max(costs) <= 12


def test_who_may_have_it_is_told_by_person_once_rights_are_known(offer):
    service = offer(right="R06")
    claims = {
        "R06": [
            Claim("Inès", Verdict.YES, "Un séjour aidé."),
            Claim("", Verdict.UNKNOWN, "Il manque un document."),
        ]
    }
    entry = catalogue.entry_for(service, claims, on=timezone.localdate())
    assert entry.for_you == ["Inès"]
    assert [(said.who, said.word) for said in entry.claims] == [("Inès", "Oui"), ("Votre foyer", "À compléter")]
