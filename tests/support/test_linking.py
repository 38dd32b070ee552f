"""An agent links a call for help to the request or the document that it is about: one that its writer may see."""

import pytest

from tests.filings.factories import desk
from tests.household.homes import entered, outsider, read, shown
from tests.support.calling import ticket
from xpassfam.people.models import Access

pytestmark = pytest.mark.django_db
NOTHING_SUCH = "Rien de tel dans ce que cette personne peut voir. Vérifiez le numéro."


@pytest.fixture
def room():
    return desk()


def link(room, one, about: str):
    return entered(room.nadia).post(f"/gestion/assistance/{one.public_id}/lien/", {"about": about}, follow=True)


def linked(one) -> tuple:
    one.refresh_from_db()
    return (one.filing, one.document)


@pytest.mark.parametrize("typed", ["{reference}", " {lower} ", "https://moncompte.example/mon-compte/demandes/{key}/"])
def test_a_request_is_linked_by_its_number_or_its_address_and_opens_from_the_ticket(room, typed):
    filing, one = room.filed(), ticket(room.home.holder)
    page = shown(
        link(room, one, typed.format(reference=filing.reference, lower=filing.reference.lower(), key=filing.public_id))
    )

    assert linked(one) == (filing, None)
    here = f"/gestion/demandes/{filing.public_id}/"
    assert f'<a href="{here}">Demande liée : {filing.reference}</a>' in page
    assert filing.reference in read(entered(room.nadia), here)


def test_a_document_is_linked_by_its_address_and_opens_from_the_ticket(room):
    document, one = room.document(), ticket(room.home.holder)
    here = f"/gestion/documents/{document.public_id}/"
    page = shown(link(room, one, f"https://moncompte.example{here}"))

    assert linked(one) == (None, document)
    assert f'<a href="{here}">Document lié</a>' in page
    assert entered(room.nadia).get(here).status_code == 200


def test_a_document_beside_a_request_leaves_the_request(room):
    filing, document, one = room.filed(), room.document(), ticket(room.home.holder)
    link(room, one, filing.reference)
    link(room, one, document.public_id)

    assert linked(one) == (filing, document)


def test_the_history_of_its_writer_says_what_it_was_linked_to_and_by_whom(room):
    filing, one = room.filed(), ticket(room.home.holder)
    link(room, one, filing.reference)
    link(room, one, room.document().public_id)

    told = read(entered(room.home.holder), "/mon-compte/historique/")
    assert f"Demande d’aide {one.reference} liée à la demande {filing.reference}." in told
    assert f"Demande d’aide {one.reference} liée à un document." in told
    assert "Nadia Ferrand" in told


def test_what_another_home_has_is_not_linked(room):
    one = ticket(outsider())

    for about in (room.filed().reference, room.document().public_id):
        assert NOTHING_SUCH in shown(link(room, one, about))
    assert linked(one) == (None, None)


def test_what_the_other_parent_keeps_for_herself_is_not_linked_to_his_ticket(room):
    document, one = room.document(is_private=True), ticket(room.home.partner)

    assert NOTHING_SUCH in shown(link(room, one, document.public_id))
    assert linked(one) == (None, None)


def test_who_left_the_home_is_linked_to_nothing_of_it(room):
    filing, one = room.filed(), ticket(room.home.partner)
    Access.objects.filter(person=room.home.partner.person).update(until="2026-01-01")

    assert NOTHING_SUCH in shown(link(room, one, filing.reference))


def test_a_draft_that_no_agent_reads_is_not_linked(room):
    draft, one = room.draft(), ticket(room.home.holder)

    assert NOTHING_SUCH in shown(link(room, one, draft.public_id))


def test_an_unproved_ticket_is_linked_to_nothing(room):
    assert "ne se lie à rien" in shown(link(room, ticket(), room.filed().reference))


def test_what_does_not_exist_is_not_linked(room):
    assert NOTHING_SUCH in shown(link(room, ticket(room.home.holder), "D-7K3Q-M2XP"))
