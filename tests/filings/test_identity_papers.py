"""An identity paper is checked by an agent, then destroyed: the answer stays, and serves the requests that follow."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.desk.desks import entered
from tests.filings.factories import desk
from tests.filings.walking import Walker, page, photo
from tests.household.homes import read
from tests.vault import samples, scanner
from xpassfam.documents.actions import giving, uploading
from xpassfam.documents.jobs import refuse_destroyed
from xpassfam.documents.kinds import kind_of
from xpassfam.documents.models import Document, Verdict
from xpassfam.filings.actions import examining
from xpassfam.filings.jobs import tell_of_destroyed
from xpassfam.filings.models import Filing, Piece
from xpassfam.filings.states import Status
from xpassfam.journal.models import Line
from xpassfam.vault import scanning, storage
from xpassfam.vault.models import File

pytestmark = pytest.mark.django_db(transaction=True)
CARD = """
code: T30
slug: carte
title: Obtenir la carte
purpose: Pour entrer partout.
category: household
delay: {count: 5, unit: working_days}
sections:
  - key: need
    title: Votre carte
    fields:
      - {key: need, type: long_text, label: Pourquoi, purpose: Préparer la carte}
pieces:
  - {key: identity, label: Votre pièce d’identité, kinds: [identity], why: Pour savoir que c’est vous.}
"""


@pytest.fixture
def room(settings, tmp_path):
    settings.VAR = tmp_path
    return desk(CARD)


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


def asks(room):
    return room.draft({"need": "Pour la piscine."}, with_proof=False)


def given(room, camille, **typed):
    draft = asks(room)
    camille.post(page(draft, "documents/"), {"p1-files": photo("carte.pdf"), **typed})
    camille.sends(draft)
    filing = Filing.objects.latest("pk")
    assert filing.status == Status.RECEIVED
    return examining.take(filing, by=room.nadia, at=timezone.now())


def check(room, filing, verdict="accepted", explanation=""):
    piece = filing.pieces.latest("pk")
    address = f"/gestion/demandes/{filing.public_id}/pieces/{piece.pk}/"
    typed = {"piece-verdict": verdict, "piece-explanation": explanation, "piece-seen": piece.as_judged}
    return entered(room.nadia).post(address, typed)


def test_once_checked_the_file_is_destroyed_and_the_answer_stays(room, camille):
    filing = given(room, camille)
    name = File.objects.get().storage_name
    later = timezone.now() + timedelta(days=1)
    assert name in list(storage.current().names(before=later))

    check(room, filing)

    document = Document.objects.get()
    assert (document.verdict, document.verdict_by) == (Verdict.ACCEPTED, "Nadia Ferrand")
    assert document.erased_at
    assert not File.objects.exists()
    assert name not in list(storage.current().names(before=later))
    assert Line.objects.filter(kind="documents.erased_own").count() == 1


def test_the_family_reads_that_it_was_checked_and_erased(room, camille):
    filing = given(room, camille)
    check(room, filing)
    document = Document.objects.get()

    text = camille.get(f"/mon-compte/documents/{document.public_id}/")
    assert "Ce document a été vérifié, puis effacé" in text
    assert "Accepté le" in text
    assert "Votre pièce d’identité" in camille.get(page(filing))
    assert "Document vérifié, puis effacé : Pièce d’identité." in camille.get("/mon-compte/historique/")


def test_a_later_request_does_not_ask_for_it_again_and_agents_have_nothing_to_check(room, camille):
    check(room, given(room, camille))
    draft = asks(room)
    text = camille.get(page(draft, "documents/"))
    assert "Vérifié le" in text
    assert "puis effacé" in text
    assert "Rien à envoyer." in text

    camille.sends(draft)

    later = Filing.objects.latest("pk")
    piece = later.pieces.get()
    assert (later.status, piece.verdict, piece.is_reused) == (Status.RECEIVED, Piece.Verdict.ACCEPTED, True)
    shown = read(entered(room.nadia), f"/gestion/demandes/{later.public_id}/")
    assert "Vérifiée par Nadia Ferrand le" in shown
    assert "0 à vérifier" in shown
    assert "<img" not in shown.partition('id="pieces"')[2].partition("</section>")[0]


def test_past_its_own_end_it_is_asked_for_again(room, camille):
    end = timezone.localdate() + timedelta(days=3)
    typed = {"p1-ends_on_day": end.day, "p1-ends_on_month": end.month, "p1-ends_on_year": end.year}
    check(room, given(room, camille, **typed))
    assert Document.objects.get().valid_until == end
    Document.objects.update(valid_until=timezone.localdate() - timedelta(days=1))

    assert "Rien à envoyer." not in camille.get(page(asks(room), "documents/"))


def test_a_copy_that_can_t_be_read_is_destroyed_too_and_asked_for_again(room, camille):
    check(room, given(room, camille), "unreadable", "Le bas est coupé.")

    document = Document.objects.get()
    assert (document.verdict, document.reason) == (Verdict.REFUSED, "Le bas est coupé.")
    assert not File.objects.exists()
    assert "Rien à envoyer." not in camille.get(page(asks(room), "documents/"))


def test_one_given_in_advance_and_checked_serves_the_first_request(room, camille):
    document = give(room)
    entered(room.nadia).post(f"/gestion/documents/{document.public_id}/avis/", {"verdict": "accepted"})
    assert not File.objects.exists()

    draft = asks(room)
    assert "Rien à envoyer." in camille.get(page(draft, "documents/"))
    camille.sends(draft)
    assert Filing.objects.latest("pk").pieces.get().verdict == Piece.Verdict.ACCEPTED


def test_an_infected_one_is_said_destroyed_and_not_checked(room, camille, settings):
    with scanner.running() as running:
        settings.SCANNER_URL = running.url
        draft = asks(room)
        infected = photo("carte.jpg", samples.photo() + scanner.EICAR)
        camille.post(page(draft, "documents/"), {"p1-files": infected})
        camille.sends(draft)
        filing = Filing.objects.latest("pk")
        scanning.look_again(before=timezone.now() + timedelta(minutes=1))
        refuse_destroyed.call()
        tell_of_destroyed.call()

    shown = read(entered(room.nadia), f"/gestion/demandes/{filing.public_id}/")
    assert "Détruite par l’antivirus" in shown
    assert "system" not in shown.partition('id="pieces"')[2].partition("</section>")[0]


def give(room):
    access = room.access
    upload = uploading.keep([samples.pdf()], name="carte.pdf", access=access, at=timezone.now())
    return giving.receive(
        room.home.household,
        kind=kind_of("identity"),
        person=room.home.holder.person,
        uploads=[upload],
        access=access,
        form_key="in advance",
        by=room.camille,
        at=timezone.now(),
    )


def test_who_must_see_it_again_withdraws_the_answer(room, camille):
    check(room, given(room, camille))
    document = Document.objects.get()

    entered(room.nadia).post(f"/gestion/documents/{document.public_id}/redemander/", {"reason": "Nom changé."})

    assert "Nom changé." in camille.get(f"/mon-compte/documents/{document.public_id}/")
    assert "Rien à envoyer." not in camille.get(page(asks(room), "documents/"))
