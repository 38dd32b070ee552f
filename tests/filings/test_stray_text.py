"""What no page of ours wrote in an address or a form is not asked of the database: PostgreSQL takes no NUL."""

import pytest

from tests.filings.factories import desk
from tests.filings.walking import BASE, Walker, page
from tests.household.homes import entered
from xpassfam.filings.models import Filing, Message

pytestmark = pytest.mark.django_db
NUL = "a%00b"


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


@pytest.mark.parametrize("end", ["", "é", "A" * 26, "%00" * 26, "a" * 27])
def test_a_page_of_the_list_that_is_none_is_not_found(room, camille, end):
    assert camille.client.get(f"{BASE}?avant=2026-01-01T00:00:00%2B00:00~{end}").status_code == 404


@pytest.mark.parametrize("name", ["a\0b", "a b", "", "é\0"])
def test_a_procedure_that_is_none_is_not_found(room, camille, name):
    assert camille.client.post(f"{BASE}nouvelle/", {"procedure": name}).status_code == 404
    assert not Filing.objects.exists()


@pytest.mark.parametrize("stray", ["\0", "a\0" * 13, "x" * 5000])
def test_a_key_or_a_file_that_is_none_is_left_aside(room, camille, stray):
    filing = room.examined()
    typed = {"text": "Bonjour", "key": stray, "files": [stray], "files-retrait": stray}

    assert camille.client.post(page(filing, "messages/"), typed).status_code == 302
    assert Message.objects.get(text="Bonjour").files.count() == 0
    given = camille.client.post("/mon-compte/documents/ajouter/other/", {"key": stray, "files": stray})
    assert given.status_code == 200


@pytest.mark.parametrize("address", ["/mon-compte/profil/telephone/?correction=", "/mon-compte/demarches/?q="])
def test_a_stray_text_in_an_address_of_families_breaks_nothing(room, camille, address):
    assert camille.client.get(address + NUL).status_code in (200, 404)


@pytest.mark.parametrize(
    "address",
    [
        "/gestion/changements/?apres=",
        "/gestion/demandes/?apres=",
        "/gestion/demandes/?demarche=",
        "/gestion/demandes/?suivie=",
        "/gestion/foyers/?q=",
        "/gestion/statistiques.csv?de=",
    ],
)
def test_a_stray_text_in_an_address_of_agents_breaks_nothing(room, address):
    assert entered(room.nadia).get(address + NUL).status_code in (200, 404)
