"""« Qui a accès à mon dossier ? »: everybody is named with what they see, since when, how; agents by role and team."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.accounts.factories import account
from tests.household.homes import couple, entered, let_in, outsider, read
from tests.people.factories import Role, living, person
from xpassfam.accounts.models import Team
from xpassfam.journal.actions import write
from xpassfam.people import history

pytestmark = pytest.mark.django_db
PAGE = "/mon-compte/foyer/acces/"
BUDGET = 12


@pytest.fixture
def home():
    return couple()


def test_adults_are_named_with_what_they_see_since_until_and_how(home):
    odile = outsider()
    let_in(odile.person, home.household, "documents", origin="invitation", since="2026-03-01", until="2099-01-02")

    page = read(entered(home.holder), PAGE)

    assert "Odile Lambert" in page
    assert "Accès sur invitation, sans vivre au foyer" in page
    assert "Voit le dossier et gère ses documents." in page
    assert "Sur invitation, depuis le 1er mars, jusqu’au 1er janvier 2099 compris." in page
    assert "Inscrit au registre, depuis le 1er janvier 2020." in page


def test_an_access_that_ended_or_has_not_begun_is_not_listed(home):
    odile = outsider()
    let_in(odile.person, home.household, "view", until=timezone.localdate())

    assert "Odile" not in read(entered(home.holder), PAGE)


def test_agents_are_named_by_role_and_team_and_their_last_act_is_dated(home):
    team = Team.objects.create(name="Prestations familles")
    agent = account(role="agent", email="nadia@example.org")
    agent.teams.add(team)
    client = entered(home.holder)

    page = read(client, PAGE)
    assert "Les agents : Prestations familles" in page
    assert "Aucune action d’un agent sur votre dossier" in page

    at = timezone.now().replace(month=11, day=19, hour=12)
    write(history.HOUSEHOLD_UPDATED, by=agent.actor, at=at, household=home.household.public_id)
    assert "Dernière action sur votre dossier : le 19 novembre" in read(client, PAGE)


@pytest.mark.parametrize("permission", ["view", "requests", "documents", "all"])
def test_everybody_who_has_access_reads_the_page(home, permission):
    odile = outsider()
    let_in(odile.person, home.household, permission, origin="invitation")
    client = entered(odile)
    client.post("/mon-compte/foyer/choix/", {"household": home.household.public_id})

    page = read(client, PAGE)

    assert "Camille Martin" in page
    assert "Les invitations" not in page
    assert ("Aucune action d’un agent" in page) == (permission == "all")


@pytest.mark.parametrize(
    ("permission", "seen", "unseen"),
    [
        ("view", "nom, âge, place dans le foyer et adresse du foyer", "documents, demandes et historique"),
        ("requests", "adresse du foyer et demandes", "revenus et quotient familial, documents et historique"),
        ("documents", "adresse du foyer et documents", "revenus et quotient familial, demandes et historique"),
    ],
)
def test_what_the_other_sees_is_said_from_the_same_rules(home, permission, seen, unseen):
    odile = outsider()
    let_in(odile.person, home.household, permission, origin="invitation")

    page = read(entered(home.holder), f"{PAGE}{odile.person.public_id}/apercu/")

    assert seen in page
    assert unseen in page
    assert "camille@example.org" not in page


def test_what_a_grown_child_sees_is_less_than_what_a_partner_sees(home):
    jules = person("Jules Benali", date(2004, 5, 20))
    living(jules, home.household, Role.DEPENDENT_CHILD, rank=4)
    let_in(jules, home.household, "view")
    client = entered(home.holder)

    partner = read(client, f"{PAGE}{home.partner.person.public_id}/apercu/")
    child = read(client, f"{PAGE}{jules.public_id}/apercu/")

    assert "Voit : nom, âge, place dans le foyer, adresse du foyer, coordonnées" in partner
    assert "Voit : nom, âge, place dans le foyer et adresse du foyer." in child


@pytest.mark.parametrize("page", [PAGE, "/mon-compte/foyer/", "/mon-compte/"])
def test_pages_cost_the_same_queries_however_many_have_access(home, page):
    client = entered(home.holder)
    read(client, page)
    costs = []
    for more in (0, 4):
        for number in range(more):
            other = person(f"Ami{number} Lointain")
            let_in(other, home.household, "view", origin="invitation")
        costs.append(queries_of(client, page))

    assert costs[0] == costs[1] <= BUDGET


def queries_of(client, page):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)
