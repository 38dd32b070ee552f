"""The documents of a draft: offered again, added, refused one by one, or said to be missing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.filings.factories import desk
from tests.filings.walking import Walker, page, photo, words
from xpassfam.documents.models import Document, PendingUpload
from xpassfam.filings.models import Filing, Piece
from xpassfam.filings.states import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


@pytest.fixture
def draft(room):
    return room.draft(with_proof=False)


def test_each_says_why_it_is_asked(camille, draft):
    text = camille.get(page(draft, "documents/"))

    assert "Pour vérifier votre quotient." in text
    assert "(facultatif)" in text
    assert "Réussir la photo d’un document" in text


def test_what_was_given_and_is_still_good_is_used_again_by_itself(room, camille, draft):
    known = room.document(valid_until=timezone.localdate() + timedelta(days=30))
    text = camille.get(page(draft, "documents/"))
    assert "Vous nous l’avez déjà transmis le" in text
    assert "Rien à envoyer." in text

    camille.post(page(draft, "documents/"), {"p1-reuse": "on"})

    piece = Piece.objects.get()
    assert (piece.document, piece.is_reused) == (known, True)
    assert Document.objects.count() == 1


def test_it_can_be_replaced(room, camille, draft):
    room.document()

    camille.gives(draft, photo("neuve.pdf"), **{"p1-reuse": "on"})

    assert not Piece.objects.get().is_reused
    assert Document.objects.count() == 2


@pytest.mark.parametrize("fault", ["refused", "expired"])
def test_what_is_not_good_any_more_is_not_offered(room, camille, draft, fault):
    document = room.document()
    now = timezone.now()
    change = {"verdict": "refused", "reason": "Floue.", "verdict_by": "Nadia", "verdict_at": now}
    if fault == "expired":
        change = {"valid_until": timezone.localdate() - timedelta(days=1)}
    Document.objects.filter(pk=document.pk).update(**change)

    assert "déjà transmis" not in camille.get(page(draft, "documents/"))


def test_one_bad_file_leaves_the_others(camille, draft):
    response = camille.gives(draft, photo("bonne.pdf"), photo("vacances.bmp", b"BM1234"))

    text = words(response)
    assert response.status_code == 200
    assert "« vacances.bmp » n’a pas été ajouté" in text
    assert "bonne.pdf" in text
    kept = PendingUpload.objects.get()
    day = {"p1-issued_on_day": "2", "p1-issued_on_month": "11", "p1-issued_on_year": "2026"}
    camille.post(page(draft, "documents/"), {"p1-files": kept.public_id, **day})
    assert Piece.objects.get().document.attached.get().file.name == "bonne.pdf"


def test_a_document_that_needs_its_day_asks_for_it_and_keeps_the_file(camille, draft):
    response = camille.post(page(draft, "documents/"), {"p1-files": photo("octobre.pdf")})

    assert "Écrivez la date du document" in words(response)
    assert "octobre.pdf" in words(response)
    assert not Piece.objects.exists()


def test_a_good_piece_is_kept_though_another_is_wrong(camille, draft):
    response = camille.gives(draft, photo("bonne.pdf"), **{"p2-files": photo("vacances.bmp", b"BM1234")})

    assert response.status_code == 200
    assert Piece.objects.get().key == "proof"


def test_taken_out_it_stays_among_the_family_s_documents(room, camille):
    draft = room.draft()
    piece = draft.pieces.get()

    text = words(camille.post(page(draft, "documents/"), {"remove": piece.pk}))

    assert not draft.pieces.exists()
    assert Document.objects.count() == 1
    assert "Vous nous l’avez déjà transmis" in text


def test_of_another_draft_nothing_is_taken_out(room, camille):
    mine, other = room.draft(), room.draft()

    camille.post(page(mine, "documents/"), {"remove": other.pieces.get().pk})

    assert other.pieces.count() == 1


def test_what_is_not_there_yet_is_said_and_the_filing_leaves_all_the_same(camille, draft):
    camille.post(page(draft, "documents/"), {"p1-why": "La CAF l’envoie lundi."})
    text = camille.get(page(draft, "verifier/"))
    assert "La CAF l’envoie lundi." in text
    assert "Le délai de réponse commencera quand nous aurons tous les documents" in text

    camille.sends(draft)

    sent = Filing.objects.get()
    assert sent.status == Status.AWAITING_APPLICANT
    shown = camille.get(page(sent, "envoyee/"))
    assert "Il reste des documents à nous envoyer" in shown
    assert shown.count("Il manque :") == 1
    assert ".." not in shown.partition("Accusé de réception")[2].partition("La suite")[0]


def test_a_reason_taken_back_is_gone(camille, draft):
    camille.post(page(draft, "documents/"), {"p1-why": "Lundi.", "seen": 0})
    camille.post(page(draft, "documents/"), {"p1-why": "", "seen": 1})

    draft.refresh_from_db()
    assert draft.missing == {}
