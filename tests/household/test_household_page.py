"""What a family reads of itself, and what it never reads of another home."""

import html

import pytest

from tests.accounts.factories import account, sign_in
from tests.register.files import HOUSEHOLDS, PERSONS, STAYS, take
from xpassfam.people.models import Access, Household, Person, Residence

pytestmark = pytest.mark.django_db
HERS = ["Sophie", "Petit", "8 rue des Tanneurs", "59000 Lille", "NAN-1", "Tom"]
HIS = ["Antoine", "3 rue de Lannoy", "Roubaix", "NAN-2", "Foyer Moreau"]
PAGES = ["/mon-compte/", "/mon-compte/foyer/", "/mon-compte/profil/"]


@pytest.fixture
def separated(tmp_path):
    """Sophie and Antoine are separated; Tom lives in both homes; both have an account."""
    take(tmp_path, HOUSEHOLDS, PERSONS, STAYS)
    Access.objects.update(since="2020-01-01")
    Residence.objects.filter(since__isnull=False).update(since="2019-09-01")
    return {person.first_names: person for person in Person.objects.all()}


def read(client, page):
    response = client.get(page)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def enter(client, person):
    sign_in(client, account(person).email)


def test_a_household_reads_its_persons_its_address_and_its_number(client, separated):
    enter(client, separated["Sophie"])

    page = read(client, "/mon-compte/foyer/")

    assert [word for word in HERS if word not in page] == []
    assert "Tom vit dans deux foyers, dont le vôtre." in page


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_anything_of_the_other_home_of_a_shared_child(client, separated, page):
    enter(client, separated["Sophie"])
    shown = read(client, page)
    assert [word for word in HIS if word in shown] == []

    client.cookies.clear()
    enter(client, separated["Antoine"])
    shown = read(client, page)
    assert [word for word in ["Sophie", "8 rue des Tanneurs", "Lille", "NAN-1", "Foyer Petit"] if word in shown] == []


def test_a_family_without_a_shared_child_reads_of_no_other_home(client):
    someone = account()
    sign_in(client, someone.email)

    assert "L’autre foyer" not in read(client, "/mon-compte/foyer/")


def test_who_may_open_the_file_is_named_with_what_they_may_do(client, separated):
    home = Household.objects.get(file_number="NAN-1")
    guardian = Person.objects.create(first_names="Bénédicte", last_name="Arnaud")
    Access.objects.create(person=guardian, household=home, permission="view", since="2020-01-01")
    enter(client, separated["Sophie"])

    page = read(client, "/mon-compte/foyer/")

    assert "Bénédicte Arnaud" in page
    assert "Agit pour le foyer, sans y vivre" in page
    assert "Voit le dossier, sans pouvoir le changer." in page


def test_the_profile_shows_ones_own_identity_contacts_and_identifiers(client, separated):
    someone = account(separated["Sophie"], email="sophie@example.org")
    sign_in(client, someone.email)

    page = read(client, "/mon-compte/profil/")

    for word in (
        "Petit",
        "14 février 1990",
        "ESF-2019-004812-K",
        "06\u00a039\u00a098\u00a041\u00a027",
        "sophie.petit@example.org",
    ):
        assert word in page
    assert "sophie@example.org" in page


def test_pages_say_how_to_have_something_corrected(client, separated):
    enter(client, separated["Sophie"])

    for page in ("/mon-compte/foyer/", "/mon-compte/profil/"):
        assert "Une erreur, un changement\u202f?" in read(client, page)


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_families_are_closed_to_strangers(client, db, page):
    assert client.get(page).headers["Location"] == f"/connexion/?next={page}"


@pytest.mark.parametrize("page", PAGES)
def test_staff_are_sent_to_their_own_pages(client, db, page):
    agent = account(role="agent")
    sign_in(client, agent.email)

    assert client.get(page).headers["Location"] == "/gestion/"


@pytest.mark.parametrize("page", PAGES)
def test_no_family_page_is_kept_by_a_cache(client, separated, page):
    enter(client, separated["Sophie"])

    assert "no-store" in client.get(page).headers["Cache-Control"]


@pytest.mark.parametrize("page", [page for page in PAGES if page != "/mon-compte/profil/"])
def test_whose_file_is_closed_is_told_so_and_can_leave(client, separated, page):
    enter(client, separated["Sophie"])
    Household.objects.filter(file_number="NAN-1").update(closed_on="2026-01-01")

    response = client.get(page)
    shown = html.unescape(response.content.decode())

    assert response.status_code == 403
    assert "Aucun dossier n’est ouvert à votre nom" in shown
    assert 'action="/deconnexion/"' in shown
    assert "rue des Tanneurs" not in shown
