"""A request is sent while its file waits for the virus scanner; what that destroys is asked for again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import sign_in
from tests.filings.factories import REFUSAL, desk
from tests.filings.walking import Walker, page, photo, words
from tests.vault import samples, scanner
from xpassfam.documents.jobs import refuse_destroyed
from xpassfam.filings import verdicts
from xpassfam.filings.actions import deciding, examining
from xpassfam.filings.jobs import tell_of_destroyed
from xpassfam.filings.models import Decision, Filing, Piece
from xpassfam.filings.states import Status
from xpassfam.journal.models import Line
from xpassfam.outbox.models import Message as Mail
from xpassfam.vault import scanning

pytestmark = pytest.mark.django_db
INFECTED = samples.photo() + scanner.EICAR
DAYS = {"p1-issued_on_day": "2", "p1-issued_on_month": "11", "p1-issued_on_year": "2026"}


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def clam(settings):
    with scanner.running() as running:
        settings.SCANNER_URL = running.url
        yield running


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


@pytest.fixture
def nadia(room):
    client = Client()
    sign_in(client, room.nadia.email)
    return client


@pytest.fixture
def scanned(django_capture_on_commit_callbacks):
    def passes() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            scanning.look_again(before=timezone.now() + timedelta(minutes=1))
            refuse_destroyed.call()
            tell_of_destroyed.call()

    return passes


def filed(room, camille, content: bytes) -> Filing:
    draft = camille.begins(room)
    camille.answers(draft)
    camille.gives(draft, photo("attestation.jpg", content))
    camille.sends(draft)
    return fresh(draft)


def fresh(filing: Filing) -> Filing:
    return Filing.objects.get(pk=filing.pk)


def seen(filing: Filing) -> dict[str, object]:
    return {"seen": filing.version, "seen_at": timezone.now().isoformat()}


def the_mails(template: str) -> list[Mail]:
    return list(Mail.objects.filter(template=f"filings/mail/{template}"))


def test_it_is_sent_while_its_file_waits_and_no_agent_opens_or_judges_it(room, camille, nadia, clam):
    filing = filed(room, camille, samples.photo())
    assert filing.status == Status.RECEIVED
    piece = filing.pieces.get()

    text = words(nadia.get(f"/gestion/demandes/{filing.public_id}/"))
    assert "En cours de vérification" in text
    assert "L’antivirus n’a pas encore vu cette pièce." in text
    assert f"/gestion/documents/{piece.document.public_id}/pages/1/" not in text
    assert nadia.get(f"/gestion/documents/{piece.document.public_id}/pages/1/").status_code == 404

    typed = {"piece-verdict": "accepted"}
    answer = nadia.post(f"/gestion/demandes/{filing.public_id}/pieces/{piece.pk}/", typed, follow=True)
    assert "Cette pièce attend l’antivirus" in words(answer)
    assert filing.pieces.get().verdict == Piece.Verdict.PENDING


def test_it_is_not_approved_before_anybody_could_read_its_piece(room, camille, nadia, clam, scanned):
    filing = examining.take(filed(room, camille, samples.photo()), by=room.nadia, at=timezone.now())
    assert "1 pièce attend l’antivirus" in words(nadia.get(f"/gestion/demandes/{filing.public_id}/"))
    approve = f"/gestion/demandes/{filing.public_id}/valider/"
    assert "L’antivirus n’a pas encore vu « Attestation CAF »." in words(nadia.get(approve))

    for step in ("", "send"):
        answer = nadia.post(approve, {**seen(filing), "step": step})
        assert answer.status_code == 409
        assert "L’antivirus n’a pas encore vu « Attestation CAF »." in words(answer)
    assert fresh(filing).status == Status.UNDER_REVIEW

    scanned()
    nadia.post(approve, {**seen(filing), "step": "send"})
    assert fresh(filing).status == Status.APPROVED


def test_a_refusal_and_a_reserve_do_not_wait_for_the_scanner_and_the_reserve_is_not_lifted_before(
    room, camille, clam, scanned
):
    refused, reserved = (filed(room, camille, samples.photo(width=side)) for side in (60, 80))
    deciding.decide(refused, REFUSAL, seen=refused.version, by=room.nadia, at=timezone.now())
    under = verdicts.Verdict(Decision.Outcome.UNDER_RESERVE, limits="L’attestation lisible.")
    deciding.decide(reserved, under, seen=reserved.version, by=room.nadia, at=timezone.now())

    def lift():
        return deciding.lift_reserve(reserved, seen=fresh(reserved).version, by=room.nadia, at=timezone.now())

    with pytest.raises(verdicts.UnreadPieces):
        lift()
    scanned()
    lift()
    assert fresh(reserved).status == Status.APPROVED


def test_once_scanned_the_agent_judges_it(room, camille, nadia, clam, scanned):
    filing = filed(room, camille, samples.photo())
    scanned()
    piece = filing.pieces.get()

    assert f"/gestion/documents/{piece.document.public_id}/pages/1/" in words(
        nadia.get(f"/gestion/demandes/{filing.public_id}/")
    )
    typed = {"piece-verdict": "accepted", "piece-seen": piece.as_judged}
    nadia.post(f"/gestion/demandes/{filing.public_id}/pieces/{piece.pk}/", typed)
    assert filing.pieces.get().verdict == Piece.Verdict.ACCEPTED
    assert the_mails("destroyed") == []


def test_what_is_destroyed_is_asked_for_again_and_the_clock_waits(room, camille, nadia, clam, scanned):
    filing = filed(room, camille, INFECTED)
    scanned()

    filing = fresh(filing)
    assert filing.status == Status.AWAITING_APPLICANT
    asked = filing.completions.open().get()
    assert (asked.pieces, asked.stops_clock) == (["proof"], True)
    [mail] = the_mails("destroyed")
    said = " ".join(mail.context["paragraphs"])
    assert "contenait un virus" in said
    assert "personne ne l’a ouvert" in said
    assert any("Attestation CAF" in line for block in mail.context["blocks"] for line in block["lines"])

    text = camille.get(page(filing))
    assert "C’est à vous" in text
    assert "contenait un virus. Ce fichier a été détruit" in text
    assert "contenait un virus" in camille.get("/mon-compte/historique/")

    text = words(nadia.get(f"/gestion/demandes/{filing.public_id}/"))
    assert "Détruite par l’antivirus" in text


def test_nobody_judges_what_the_scanner_destroyed(room, camille, nadia, clam, scanned):
    filing = filed(room, camille, INFECTED)
    scanned()
    piece = filing.pieces.get()

    typed = {"piece-verdict": "accepted"}
    answer = nadia.post(f"/gestion/demandes/{filing.public_id}/pieces/{piece.pk}/", typed, follow=True)

    assert "il n’y a rien à vérifier" in words(answer)
    assert (filing.pieces.get().verdict, filing.pieces.get().document.verdict) == ("unreadable", "refused")


def test_it_is_told_once(room, camille, clam, scanned):
    filed(room, camille, INFECTED)
    scanned()
    tell_of_destroyed.call()

    assert len(the_mails("destroyed")) == 1
    assert Line.objects.filter(kind="filings.destroyed").count() == 1


def test_given_again_it_is_our_turn(room, camille, clam, scanned):
    filing = filed(room, camille, INFECTED)
    scanned()
    camille.post(page(filing, "completer/"), {"p1-files": photo("nette.jpg", samples.photo()), **DAYS})

    filing = fresh(filing)
    assert filing.status == Status.UNDER_REVIEW
    assert filing.pieces.filter(replaced_at=None).count() == 1


def test_what_completes_and_is_destroyed_does_not_complete(room, camille, clam, scanned):
    filing = filed(room, camille, samples.photo())
    scanned()
    filing = examining.take(fresh(filing), by=room.nadia, at=timezone.now())
    asked = {"fields": [], "pieces": ["proof"], "text": "Floue.", "until": timezone.localdate() + timedelta(days=9)}
    examining.ask(filing, **asked, seen=filing.version, by=room.nadia, at=timezone.now())
    camille.post(page(filing, "completer/"), {"p1-files": photo("bad.jpg", INFECTED), **DAYS})
    assert fresh(filing).status == Status.UNDER_REVIEW
    scanned()

    assert fresh(filing).status == Status.AWAITING_APPLICANT
    assert fresh(filing).completions.open().get().pieces == ["proof"]


def test_a_draft_loses_what_is_destroyed_and_cannot_be_sent_without(room, camille, clam, scanned):
    draft = camille.begins(room)
    camille.answers(draft)
    camille.gives(draft, photo("attestation.jpg", INFECTED))
    scanned()

    assert not draft.pieces.exists()
    assert len(the_mails("destroyed")) == 1
    camille.sends(draft)
    assert fresh(draft).status == Status.DRAFT


def test_a_file_of_a_message_waits_and_if_destroyed_both_sides_read_so(room, camille, nadia, clam, scanned):
    filing = filed(room, camille, samples.photo())
    scanned()
    camille.post(page(filing, "messages/"), {"text": "Voici.", "key": "k" * 26, "files": photo("bad.jpg", INFECTED)})
    message = filing.messages.get(side="family")
    addresses = (
        (camille.client, page(filing, f"messages/{message.public_id}/fichiers/1/")),
        (nadia, f"/gestion/demandes/{filing.public_id}/messages/{message.public_id}/fichiers/1/"),
    )
    for client, address in addresses:
        assert client.get(address).status_code == 404
        text = words(client.get(address.partition("messages/")[0]))
        assert "bad.jpg" in text
        assert "En cours de vérification" in text
        assert address not in text
    scanned()

    for client, address in addresses:
        assert client.get(address).status_code == 404
        assert "Détruit" in words(client.get(address.partition("messages/")[0]))
    assert "bad.jpg" in str(the_mails("destroyed")[0].context)
    tell_of_destroyed.call()
    assert len(the_mails("destroyed")) == 1
