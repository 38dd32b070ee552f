"""A piece that an agent refused is given again in the request that waits for it: said once, and there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.filings.factories import desk, procedure
from tests.filings.test_granting import STAY, grant
from tests.filings.walking import Walker, page
from xpassfam.documents.models import Document
from xpassfam.filings import verdicts
from xpassfam.filings.actions import deciding, examining, following

pytestmark = pytest.mark.django_db
MOST = 16  # as a family's first page costs with requests under way, and one more


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


def judge(filing, room, verdict="unreadable"):
    piece = filing.pieces.filter(replaced_at=None).last()
    examining.judge(
        piece,
        verdict=verdict,
        explanation="Le bas est coupé.",
        seen=piece.as_judged,
        by=room.nadia,
        at=timezone.now(),
    )
    return Document.objects.get(pk=piece.document_id)


def promised_then_refused(room):
    """An aid under reserve of an invoice that came and can't be read."""
    room.adam = room.home.child
    stay = procedure(STAY.replace("key: who", "key: them"))
    asked = room.filed({"children": [room.home.child.public_id]}, version=stay, with_proof=False)
    filing = grant(room, asked, ines=200).filing
    following.add_piece(filing, key="invoice", document=room.document("invoice"), access=room.access, at=timezone.now())
    return filing, judge(filing, room)


def asked_again(room):
    filing = room.examined()
    document = judge(filing, room)
    filing.refresh_from_db()
    until = timezone.localdate() + timedelta(days=10)
    what = {"fields": [], "pieces": ["proof"], "text": "Elle est floue.", "until": until}
    examining.ask(filing, **what, seen=filing.version, by=room.nadia, at=timezone.now())
    return filing, document


def test_a_refused_invoice_is_given_again_in_its_request_and_nowhere_else(room, camille):
    filing, invoice = promised_then_refused(room)

    text = camille.get(f"/mon-compte/documents/{invoice.public_id}/")

    assert "En donner un autre" not in text
    assert "/mon-compte/documents/ajouter/invoice/" not in text
    assert f'href="{page(filing, "completer/")}"' in text


def test_the_page_of_the_request_takes_another_and_says_what_was_wrong(room, camille):
    filing, _invoice = promised_then_refused(room)
    assert "Illisible ou incomplète" in camille.get(page(filing))

    text = camille.get(page(filing, "completer/"))

    assert "Ajouter d’autres fichiers" not in text
    assert "Vos fichiers" in text


def test_nothing_is_paid_on_an_invoice_that_was_refused(room):
    filing, _invoice = promised_then_refused(room)
    filing.refresh_from_db()

    with pytest.raises(verdicts.StillAwaited):
        deciding.lift_reserve(filing, seen=filing.version, by=room.nadia, at=timezone.now())


def test_once_its_request_waits_no_more_a_refused_invoice_asks_for_nothing(room, camille):
    filing, invoice = promised_then_refused(room)
    room_at = timezone.now()
    following.add_piece(filing, key="invoice", document=room.document("invoice"), access=room.access, at=room_at)

    text = camille.get(f"/mon-compte/documents/{invoice.public_id}/")

    assert "En donner un autre" not in text
    assert page(filing, "completer/") not in text


def test_one_refused_piece_is_asked_for_once_on_the_first_page(room, camille):
    _filing, document = asked_again(room)

    text = camille.get("/mon-compte/")

    assert text.count("Complétez : Actualiser mon quotient familial") == 1
    assert "Redonnez" not in text
    assert 'completer/"' in camille.get(f"/mon-compte/documents/{document.public_id}/")


def test_a_piece_that_its_request_does_not_ask_for_again_waits_by_itself(room, camille):
    filing = room.examined()
    judge(filing, room)
    filing.refresh_from_db()
    until = timezone.localdate() + timedelta(days=10)
    what = {"fields": ["month"], "pieces": [], "text": "Quel mois ?", "until": until}
    examining.ask(filing, **what, seen=filing.version, by=room.nadia, at=timezone.now())

    assert "Redonnez" in camille.get("/mon-compte/")


def test_it_is_asked_for_once_of_the_other_of_the_couple_too(room):
    asked_again(room)

    text = Walker.of(room.home.partner).get("/mon-compte/")

    assert "Complétez : Actualiser mon quotient familial" in text
    assert "Redonnez" not in text


def test_the_first_page_costs_one_query_for_all_that_is_asked_again(room, camille, django_assert_max_num_queries):
    for _time in range(3):
        asked_again(room)
    camille.get("/mon-compte/")
    with django_assert_max_num_queries(MOST):
        camille.get("/mon-compte/")
