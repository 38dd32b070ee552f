"""What a family's pages cost the database, whatever they hold."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.filings.factories import APPROVAL, desk
from tests.filings.walking import BASE, Walker, page
from xpassfam.filings.actions import deciding, examining, following
from xpassfam.filings.models import Filing
from xpassfam.payments.actions import order

pytestmark = pytest.mark.django_db
MOST = 12
MOST_TO_DECIDE = 21


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


def busy(room, number=0):
    """A filing in which much happened."""
    filing = room.examined()
    room_at = timezone.now()
    for turn in range(number):
        examining.write(filing, text="Bonjour", form_key=f"n{turn}", by=room.nadia, at=room_at)
        following.write(filing, text="Oui", form_key=f"f{turn}", access=room.access, by=room.camille, at=timezone.now())
        filing.pieces.create(key="note", document=room.document("other"), added_at=room_at)
    filing.refresh_from_db()
    until = timezone.localdate() + timedelta(days=5)
    how = {"fields": [], "pieces": ["proof"], "text": "Floue.", "until": until}
    examining.ask(filing, **how, seen=filing.version, by=room.nadia, at=room_at)
    return filing


def costs(walker, path, counting, most=MOST):
    walker.get(path)
    with counting(most):
        walker.get(path)


@pytest.mark.parametrize("number", [0, 6])
def test_the_page_of_a_filing(room, camille, number, django_assert_max_num_queries):
    costs(camille, page(busy(room, number)), django_assert_max_num_queries)


@pytest.mark.parametrize("rest", ["completer/", "envoyee/"])
@pytest.mark.parametrize("number", [0, 6])
def test_what_is_to_complete_and_what_was_sent(room, camille, rest, number, django_assert_max_num_queries):
    costs(camille, page(busy(room, number), rest), django_assert_max_num_queries)


@pytest.mark.parametrize("step", ["", "valider/", "limiter/", "refuser/", "completer/", "commission/", "classer/"])
@pytest.mark.parametrize("number", [0, 6])
def test_the_steps_of_who_decides(room, step, number, django_assert_max_num_queries):
    filing = busy(room, number)
    costs(
        Walker.of(room.nadia),
        f"/gestion/demandes/{filing.public_id}/{step}",
        django_assert_max_num_queries,
        MOST_TO_DECIDE,
    )


@pytest.mark.parametrize("number", [0, 4])
def test_the_page_of_a_filing_that_granted_money(room, camille, number, django_assert_max_num_queries):
    filing = room.examined()
    deciding.decide(filing, APPROVAL, seen=filing.version, by=room.nadia, at=timezone.now())
    for part in range(number):
        how = {"cause": filing.public_id, "by": room.nadia.actor, "at": timezone.now()}
        order(filing.household, amount_cents=100, label=f"Part {part}", **how)
    costs(camille, page(filing), django_assert_max_num_queries)


@pytest.mark.parametrize("number", [1, 8])
def test_the_list(room, camille, number, django_assert_max_num_queries):
    for _time in range(number):
        room.filed()
    costs(camille, BASE, django_assert_max_num_queries)


@pytest.mark.parametrize("rest", ["etape/income/", "documents/", "verifier/"])
@pytest.mark.parametrize("number", [0, 5])
def test_the_pages_of_a_draft(room, camille, rest, number, django_assert_max_num_queries):
    draft = room.draft()
    for _time in range(number):
        draft.pieces.create(key="note", document=room.document("other"), added_at=timezone.now())
    costs(camille, page(draft, rest), django_assert_max_num_queries)


def test_the_dashboard_asks_once_for_all_and_once_for_what_there_is(room, camille, django_assert_max_num_queries):
    with django_assert_max_num_queries(100) as bare:
        camille.get("/mon-compte/")
    for _time in range(5):
        room.draft()
        room.filed()
    with django_assert_max_num_queries(len(bare) + 1):
        text = camille.get("/mon-compte/")
    assert "Vos demandes en cours" in text
    assert "Et 1 autre" in text
    assert Filing.objects.count() == 10
