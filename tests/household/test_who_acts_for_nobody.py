"""Somebody whose last access ended keeps an account: their own data and their own history are theirs to read."""

from datetime import date

import pytest

from tests.household.families import read, send
from xpassfam.journal.models import Line
from xpassfam.people.models import Access, Residence

pytestmark = pytest.mark.django_db
PROFILE, HISTORY = "/mon-compte/profil/", "/mon-compte/historique/"


@pytest.fixture
def karim(family):
    """He had an access to his home, where the register says that he no longer lives."""
    client = family.client(family.karim)
    send(client, "/mon-compte/profil/telephone/", phone="06 39 98 12 40")
    Access.objects.filter(person=family.karim).update(until=date(2026, 1, 1))
    Residence.objects.filter(person=family.karim).update(until=date(2026, 1, 1))
    return client


def test_the_first_page_leads_to_what_is_theirs(karim):
    page = read(karim, "/mon-compte/", 403)

    assert f'href="{PROFILE}"' in page
    assert f'href="{HISTORY}"' in page
    assert 'href="/mon-compte/foyer/"' not in page


def test_the_profile_shows_what_is_known_of_them_and_nothing_to_change(karim):
    page = read(karim, PROFILE)

    assert "Benali" in page
    assert "06\u00a039\u00a098\u00a012\u00a040" in page
    assert "L’organisation corrige pour vous" in page
    assert "/mon-compte/profil/telephone/" not in page
    for field in ("telephone", "nom"):
        assert karim.get(f"{PROFILE}{field}/").status_code == 403
    for words in ("Camille", "Inès", "rue du Coudray"):
        assert words not in page


def test_the_history_shows_their_own_lines_alone(family, karim):
    send(family.client(family.camille), "/mon-compte/profil/telephone/", phone="06 39 98 77 77")

    for page in (read(karim, HISTORY), b"".join(karim.get("/mon-compte/historique.csv").streaming_content).decode()):
        assert "Karim Benali, téléphone" in page
        assert "77 77" not in page
        assert "Camille" not in page


def test_a_line_is_contested_all_the_same(family, karim):
    assert karim.get(HISTORY).status_code == 200
    line = Line.objects.filter(person=family.karim.public_id, kind="household.changed_own").get()
    from xpassfam.journal.pages import Key

    answer = karim.post(f"{HISTORY}contestation/", {"ligne": str(Key.of(line))})

    assert answer.headers["Location"] == "/mon-compte/securite/mot-de-passe/"


@pytest.mark.parametrize("page", ["foyer/", "foyer/acces/", "confirmation/", "foyer/adresse/"])
def test_pages_of_a_household_stay_closed(karim, page):
    assert karim.get(f"/mon-compte/{page}").status_code == 403
