"""One field finds a filing by what people say of it."""

import pytest

from tests.desk.desks import due, entered
from tests.filings.factories import desk
from tests.household.homes import read
from xpassfam.desk import search as searching
from xpassfam.filings.states import Status
from xpassfam.journal.models import Line
from xpassfam.people.actions.naming import make_findable

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    room = desk()
    while make_findable(most=100):
        pass
    return room


def found(text):
    return [one.pk for one in searching.search(text).filings]


def test_a_reference_however_it_is_typed(room):
    filing, _other = room.filed(), room.filed()
    bare = filing.reference.removeprefix("D-").replace("-", "").lower()

    assert found(filing.reference) == [filing.pk]
    assert found(f"  d {bare[:4]} {bare[4:]} ") == [filing.pk]


def test_a_reference_with_one_slip_is_found_and_told_as_such(room):
    filing, _other = room.filed(), room.filed()
    wrong = filing.reference[:-1] + ("A" if filing.reference[-1] != "A" else "B")

    text = read(entered(room.nadia), f"/gestion/demandes/?q={wrong}")

    assert filing.reference in text
    assert "Aucune demande ne porte exactement cette référence" in text
    assert found(filing.reference[:-1]) == [filing.pk]


@pytest.mark.parametrize("typed", ["Camille Martin", "martin camille", "camile martn", "mart"])
def test_a_name_with_slips_in_any_order_or_its_beginning(room, typed):
    filing = room.filed()

    assert found(typed) == [filing.pk]


def test_the_number_of_a_member_or_of_a_file(room):
    filing = room.filed()

    assert found(room.home.household.file_number) == [filing.pk]
    assert found(room.home.holder.person.member_number or room.home.household.file_number) == [filing.pk]


def test_what_waits_comes_before_what_ended_and_drafts_never(room):
    late, ended, soon = due(room, -1), room.filed(), due(room, 2)
    room.draft()
    from xpassfam.filings.actions import following

    following.withdraw(ended, access=room.access, by=room.camille, at=ended.filed_at)

    assert found("martin") == [late.pk, soon.pk, ended.pk]
    assert room.draft().status == Status.DRAFT


def test_nobody_is_found_for_a_name_that_nobody_has(room):
    room.filed()
    client = entered(room.nadia)

    assert found("Zébulon") == []
    assert "Aucune demande trouvée" in read(client, "/gestion/demandes/?q=Zébulon")


def test_a_search_is_kept_in_the_history_of_the_organisation(room):
    filing = room.filed()

    text = read(entered(room.nadia), f"/gestion/demandes/?q={filing.reference}")

    assert filing.reference in text
    assert Line.objects.filter(kind__contains="search").exists()
