"""Agents find a family and open its file; the family reads that they did."""

import html
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.people.factories import Role, acting, household, living, person
from xpassfam.accounts.models import Team
from xpassfam.household.actions.consulting import consult
from xpassfam.journal.actions import Actor, write
from xpassfam.journal.kinds import Audience, declare
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence
from xpassfam.organisation.models import Organisation
from xpassfam.outbox.models import Message
from xpassfam.people.actions.naming import make_findable

pytestmark = pytest.mark.django_db
SEARCH = "/gestion/foyers/"
INNER = declare("household.test_inner", "Note pour l’équipe.", audience=Audience.STAFF)
OWN = declare("household.test_own", "Secret de {who}.", audience=Audience.SELF)


@pytest.fixture
def home():
    return household("Foyer Martin", file_number="SFE-85473", town="Nantes", address="14 rue du Coudray")


@pytest.fixture
def camille(home):
    someone = person("Camille Martin", email="camille@example.org", phone="+33639980013")
    living(someone, home)
    acting(someone, home)
    make_findable()
    return account(someone, email="connexion@example.org")


@pytest.fixture
def nadia():
    agent = account(email="nadia@example.org", role="agent")
    agent.teams.add(Team.objects.create(name="Prestations familles"))
    return agent


@pytest.fixture
def as_nadia(nadia):
    client = Client()
    client.force_login(nadia)
    return client


def read(client, address, **asked):
    response = client.get(address, asked)
    assert response.status_code == 200
    return html.unescape(response.content.decode()).replace("\u00a0", " ")


def kinds():
    """Of the lines that agents' reading left with the household."""
    lines = Line.objects.filter(kind__startswith="household.").exclude(household="")
    return list(lines.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize(
    "typed",
    ["martin", "Martn camille", "SFE-85473", "sfe 85473", "camille@example.org", "connexion@example.org", "0639980013"],
)
def test_a_family_is_found(as_nadia, camille, home, typed):
    shown = read(as_nadia, SEARCH, q=typed)
    assert "1 personne trouvée" in shown
    assert f'href="{SEARCH}{home.public_id}/"' in shown
    assert "Compte ouvert" in shown


def test_what_an_agent_looks_for_is_kept_in_the_agent_s_own_chain(as_nadia, nadia, camille):
    read(as_nadia, SEARCH, q="martin")
    [line] = Line.objects.filter(kind="household.searched")
    assert (line.account, line.household, line.audience) == (nadia.public_id, "", "staff")
    assert sentence(line) == "Recherche de « martin » par Camille Martin. Personnes montrées : 1."


def test_nobody_found_is_not_nothing_asked(as_nadia):
    assert "Personne ne correspond" not in read(as_nadia, SEARCH)
    assert "Personne ne correspond" in read(as_nadia, SEARCH, q="inconnu")


def test_what_is_typed_is_shown_as_text(as_nadia):
    raw = as_nadia.get(SEARCH, {"q": '"><script>x</script>\0'}).content.decode()
    assert "<script>x" not in raw


def test_an_open_file_shows_the_family_and_not_its_contacts(as_nadia, camille, home):
    child = person("Tom Martin", birth_date=date(2016, 4, 1))
    other = household("Foyer Moreau")
    living(child, home, Role.DEPENDENT_CHILD, rank=2)
    living(child, other, Role.DEPENDENT_CHILD)
    shown = read(as_nadia, f"{SEARCH}{home.public_id}/")
    for words in ("14 rue du Coudray", "Titulaire", "Tom", "Foyer Moreau", "Tout voir et tout faire", "Compte ouvert"):
        assert words in shown
    assert "camille@example.org" not in shown
    assert "06 39 98 00 13" not in shown


def test_opening_it_is_in_the_family_s_history_with_role_and_team(as_nadia, camille, home):
    read(as_nadia, f"{SEARCH}{home.public_id}/")
    family = Client()
    sign_in(family, "connexion@example.org")
    history = read(family, "/mon-compte/historique/")
    assert "Consultation du dossier par un agent, équipe Prestations familles." in history
    assert kinds() == ["household.read"]


def test_an_agent_is_noted_once_an_hour_each_for_themselves(as_nadia, nadia, home, camille):
    address = f"{SEARCH}{home.public_id}/"
    for minutes in (0, 10, 50, 61):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
            as_nadia.force_login(nadia)
            as_nadia.get(address)
    assert kinds() == ["household.read"] * 2
    olivier = Client()
    olivier.force_login(account(email="olivier@example.org", role="agent"))
    olivier.get(address)
    assert len(kinds()) == 3


def test_contacts_have_their_own_page_and_their_own_line(as_nadia, camille, home):
    shown = read(as_nadia, f"{SEARCH}{home.public_id}/coordonnees/")
    assert "camille@example.org" in shown
    assert "06 39 98 00 13" in shown
    assert kinds() == ["household.read", "household.contacts_read"]


def test_agents_read_the_lines_of_the_file_and_nobody_s_own(as_nadia, camille, home):
    now = timezone.now()
    write(INNER, by=Actor("system"), at=now, household=home.public_id)
    who = camille.person.public_id
    write(OWN, by=camille.actor, at=now, household=home.public_id, person=who, facts={"who": "Camille"})
    write(OWN, by=camille.actor, at=now, account=camille.public_id, person=who, facts={"who": "Camille"})
    shown = read(as_nadia, f"{SEARCH}{home.public_id}/")
    assert "Note pour l’équipe." in shown
    assert "Ligne que la famille ne voit pas" in shown
    assert "Secret" not in shown


def test_the_history_of_a_file_has_pages(as_nadia, home):
    for number in range(60):
        write(INNER, by=Actor("system"), at=timezone.now() - timedelta(minutes=number), household=home.public_id)
    shown = read(as_nadia, f"{SEARCH}{home.public_id}/")
    assert "Plus ancien" in shown


def test_no_file_is_404_and_leaves_no_line(as_nadia):
    assert as_nadia.get(f"{SEARCH}inconnu/").status_code == 404
    assert Line.objects.count() == 0


def test_families_find_and_open_nothing(camille, home):
    family = Client()
    sign_in(family, "connexion@example.org")
    for address in (
        SEARCH,
        f"{SEARCH}?q=martin",
        f"{SEARCH}{home.public_id}/",
        f"{SEARCH}{home.public_id}/coordonnees/",
    ):
        assert family.get(address).status_code == 403
    assert kinds() == []


def test_who_opens_fifty_files_at_once_is_reported_once(as_nadia, nadia):
    Organisation(support_email="aide@example.org").save()
    for _ in range(55):
        consult(household(), by=nadia, at=timezone.now())
    assert Message.objects.filter(to="aide@example.org", template="household/mail/many_files_read").count() == 1
    assert Line.objects.filter(kind="household.many_read").count() == 1


@pytest.mark.parametrize("size", [1, 8])
def test_a_file_and_a_search_cost_the_same_queries_whatever_the_family(as_nadia, camille, home, size):
    for rank in range(2, size + 1):
        someone = person(f"Enfant{rank} Martin")
        living(someone, home, Role.DEPENDENT_CHILD, rank=rank)
        acting(someone, home, permission="view")
    make_findable()
    costs = []
    for address in (f"{SEARCH}{home.public_id}/coordonnees/", f"{SEARCH}?q=SFE-85473"):
        as_nadia.get(address)
        with CaptureQueriesContext(connection) as queries:
            as_nadia.get(address)
        costs.append(len(queries))
    assert costs == COSTS


COSTS = [13, 12]
