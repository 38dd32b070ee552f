"""Before a separation is sent, whoever writes it reads what the other will learn, and what to do first in danger."""

import pytest
from django.utils import timezone

from tests.filings.factories import PAIR, desk, procedure
from tests.filings.shipped import DEFINITIONS
from tests.household.homes import entered, read
from tests.people.factories import Role, living, person
from xpassfam.filings.actions import drafting

pytestmark = pytest.mark.django_db
TITLE = "Avant d’envoyer : Karim le saura"
OFFERED = [
    "Le partage de votre dossier est suspendu",  # what the other's mail is called
    "ne lit aucune de vos réponses",
    "dès l’envoi",
    "n’envoyez pas encore",
    'href="tel:3919"',
    'href="tel:17"',
    "/mon-compte/securite/discret/",
    "02 61 91 44 00",
]


@pytest.fixture
def room():
    return desk()


def begun(room, who, **answers):
    today = timezone.localdate().isoformat()
    given = {"who_leaves": [who.public_id], "since": today, "stays_confidential": True}
    return room.draft(given | answers, version=procedure(DEFINITIONS["D04"]), with_proof=False)


def page_of(room, draft, page):
    return read(entered(room.home.holder), f"/mon-compte/demandes/{draft.public_id}/{page}/")


@pytest.mark.parametrize("page", ["etape/contact", "verifier"])
def test_what_the_other_will_learn_and_when_is_said_with_what_to_do_first(room, page):
    shown = page_of(room, begun(room, room.home.partner.person), page)

    assert TITLE in shown
    assert [told for told in OFFERED if told not in shown] == []
    assert "certaines démarches attendent" in shown


def test_earlier_pages_are_not_weighed_down_with_it(room):
    assert TITLE not in page_of(room, begun(room, room.home.partner.person), "etape/children")


@pytest.mark.parametrize("page", ["etape/contact", "verifier"])
def test_of_another_adult_s_departure_nobody_is_told_and_nobody_is_warned(room, page):
    grown = living(person("Nolwenn Martin"), room.home.household, Role.OTHER_ADULT).person

    assert "le saura" not in page_of(room, begun(room, grown), page)


def test_any_definition_that_declares_a_separation_warns(room):
    draft = room.draft({"since": "2026-11-01"}, version=procedure(PAIR), with_proof=False)

    assert TITLE in page_of(room, draft, "verifier")
    assert TITLE in page_of(room, draft, "etape/when")


def test_the_page_of_the_household_that_declares_one_says_what_to_do_first(room):
    shown = read(entered(room.home.holder), "/mon-compte/foyer/separation/")

    for told in OFFERED[4:]:
        assert told in shown


def test_what_asks_for_no_separation_warns_of_none(room):
    draft = room.draft()
    drafting.save(draft, section="income", answers={}, seen=0, access=room.access, at=timezone.now())

    assert "le saura" not in page_of(room, draft, "verifier")
