"""The same file given by two homes is told to agents, whatever it was rewritten as; never to a family."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.documents.giving import give, sent
from tests.filings.factories import procedure
from tests.household.families import agent_client, read
from tests.plans import explained
from tests.vault import samples
from xpassfam.documents.elsewhere import given_elsewhere
from xpassfam.filings.models import Filing, Piece
from xpassfam.vault.models import File

pytestmark = pytest.mark.django_db
FLAG = "aussi été donné par un autre foyer"
PAPER = samples.pdf(2)


def given(family, by, content=PAPER, *, home=None, name="avis.pdf"):
    upload = sent(family, by, content=content, name=name)
    return give(family, by, "proof_of_address", files=[upload], household=home or family.home)


def at_antoine_s(family, content=PAPER):
    return given(family, family.antoine, content, home=family.other_home)


def serving(document, *, status="received"):
    """A request of its home that it serves."""
    now, is_sent = timezone.now(), status != "draft"
    filing = Filing.objects.create(
        procedure_version=procedure(),
        household=document.household,
        filed_by=document.given_by,
        status=status,
        start_key=f"k{document.pk}",
        started_at=now,
        saved_at=now,
        **({"reference": f"D-{document.pk}", "filed_at": now, "due_on": now.date()} if is_sent else {}),
    )
    return Piece.objects.create(filing=filing, key="proof", document=document, added_at=now).filing


def page_of(document):
    return f"/gestion/documents/{document.public_id}/"


def test_the_same_file_in_a_second_home_is_told_on_its_page(family):
    first = at_antoine_s(family)
    second = given(family, family.camille, name="autre-nom.pdf")

    text = read(agent_client(), page_of(second))

    assert FLAG in text
    assert first.household.name in text


def test_given_twice_by_one_home_it_is_not(family):
    given(family, family.camille)
    second = given(family, family.karim)

    assert FLAG not in read(agent_client(), page_of(second))


def test_another_file_is_not(family):
    at_antoine_s(family, samples.pdf(3))

    assert FLAG not in read(agent_client(), page_of(given(family, family.camille)))


def test_what_the_other_home_sent_is_one_press_away_and_its_draft_is_not(family):
    first, second = at_antoine_s(family), given(family, family.camille)
    draft = serving(first, status="draft")

    assert page_of(first) not in read(agent_client(), page_of(second))

    draft.delete()
    serving(first)
    assert page_of(first) in read(agent_client(), page_of(second))


def test_the_page_of_the_request_tells_it_beside_the_piece(family):
    at_antoine_s(family)
    filing = serving(given(family, family.camille))

    text = read(agent_client(), f"/gestion/demandes/{filing.public_id}/")

    assert FLAG in text
    assert "aussi donnée par un autre foyer" in text


def test_families_are_told_nothing(family):
    at_antoine_s(family)
    document = given(family, family.camille)

    assert "autre foyer" not in read(family.client(family.camille), f"/mon-compte/documents/{document.public_id}/")


def test_what_came_before_it_was_noted_is_like_nothing_else(family):
    at_antoine_s(family)
    document = given(family, family.camille)
    File.objects.update(received="")

    assert given_elsewhere([document]) == {}


def test_however_many_pieces_one_query_tells_of_none_and_four_at_most_of_any(family):
    papers = [samples.pdf(pages) for pages in (3, 4, 5)]
    alone = [given(family, family.camille, paper) for paper in papers]
    with CaptureQueriesContext(connection) as none:
        assert given_elsewhere(alone) == {}
    for paper in papers:
        at_antoine_s(family, paper)
    with CaptureQueriesContext(connection) as some:
        assert len(given_elsewhere(alone)) == 3

    assert len(none) == 1
    assert len(some) <= 4


def test_it_is_looked_up_by_its_index(family):
    document = given(family, family.camille)
    with CaptureQueriesContext(connection) as asked:
        given_elsewhere([document])
    plan = explained(asked[0]["sql"])
    assert "file_by_what_came" in plan
    assert "SCAN" not in plan
