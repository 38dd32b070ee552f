"""What a family gave once, and an agent accepted, is not asked for again; who must ask again says why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.desk.desks import entered
from tests.filings.factories import INCOME, REFUSAL, desk, procedure
from tests.filings.shipped import DEFINITIONS
from tests.filings.walking import Walker, page, photo, words
from tests.household.homes import read, shown
from xpassfam.documents.actions import judging
from xpassfam.documents.models import Document, Verdict, Withdrawal
from xpassfam.filings.actions import deciding, drafting, examining, sending
from xpassfam.filings.actions.examining import StillGood
from xpassfam.filings.actions.sending import Incomplete
from xpassfam.filings.models import Filing, Piece
from xpassfam.filings.states import Status
from xpassfam.journal.models import Line
from xpassfam.procedures.language import load

pytestmark = pytest.mark.django_db
DAYS = {"p1-issued_on_day": "2", "p1-issued_on_month": "11", "p1-issued_on_year": "2026"}
WHY = "Vos ressources ont changé depuis."


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


def accepted(room, kind="family_allowance_statement", **facts):
    facts.setdefault("valid_until", timezone.localdate() + timedelta(days=60))
    document = room.document(kind, **facts)
    return judging.judge(document, verdict=Verdict.ACCEPTED, by=room.nadia.actor, at=timezone.now())


def send(room, draft):
    return sending.send(draft, access=room.access, by=room.camille, at=timezone.now())


def judge(room, filing, verdict, explanation):
    piece = filing.pieces.get()
    said = {"verdict": verdict, "explanation": explanation, "seen": piece.as_judged}
    examining.judge(piece, **said, by=room.nadia, at=timezone.now())


def ask(room, filing, **more):
    filing.refresh_from_db()
    how = {"fields": [], "pieces": ["proof"], "text": "Il la faut.", "until": timezone.localdate() + timedelta(days=9)}
    return examining.ask(filing, **how | more, seen=filing.version, by=room.nadia, at=timezone.now())


class TestItServesByItself:
    def test_the_page_says_that_there_is_nothing_to_send_and_asks_nothing(self, room, camille):
        accepted(room)
        draft = room.draft(with_proof=False)

        text = camille.get(page(draft, "documents/"))

        assert "Vous nous l’avez déjà transmis le" in text
        assert "Rien à envoyer." in text
        assert "Utiliser ce document" not in text
        assert "Je ne l’ai pas encore : Attestation CAF" not in text
        assert "Le remplacer" in text

    def test_the_request_leaves_with_it_though_its_page_was_never_opened(self, room, camille):
        known = accepted(room)
        draft = room.draft(with_proof=False)
        assert "Déjà transmis le" in camille.get(page(draft, "verifier/"))

        camille.sends(draft)

        piece = Piece.objects.get()
        assert (piece.key, piece.document, piece.is_reused) == ("proof", known, True)
        assert Filing.objects.get().status == Status.RECEIVED

    def test_what_the_family_gives_instead_is_what_serves(self, room, camille):
        known = accepted(room)
        draft = room.draft(with_proof=False)

        camille.gives(draft, photo("neuve.pdf"))
        camille.sends(draft)

        assert Piece.objects.get().document != known

    def test_what_it_had_said_it_lacked_is_there(self, room):
        draft = room.draft(with_proof=False)
        drafting.tell_missing(draft, key="proof", why="Lundi.", access=room.access, at=timezone.now())
        accepted(room)

        filing = send(room, draft)

        filing.refresh_from_db()
        assert filing.missing == {}
        assert filing.status == Status.RECEIVED

    @pytest.mark.parametrize("fault", ["unseen", "refused", "withdrawn", "past", "replaced", "private", "another's"])
    def test_what_is_not_accepted_and_good_does_not(self, room, fault):
        known = accepted(room)
        changes = {
            "unseen": {"verdict": "pending", "verdict_at": None},
            "refused": {"verdict": "refused", "reason": "Floue."},
            "withdrawn": {"verdict": "withdrawn", "reason": "Changée."},
            "past": {"valid_until": timezone.localdate() - timedelta(days=1)},
            "replaced": {"replaced_by": room.document(valid_until=timezone.localdate() - timedelta(days=1))},
            "private": {"is_private": True},
            "another's": {"person": room.home.partner.person},
        }
        Document.objects.filter(pk=known.pk).update(**changes[fault])

        with pytest.raises(Incomplete):
            send(room, room.draft(with_proof=False))

    def test_a_document_that_was_withdrawn_meanwhile_holds_a_draft_back(self, room, camille):
        known = accepted(room)
        draft = room.draft(with_proof=False)
        drafting.add_piece(draft, key="proof", document=known, access=room.access, at=timezone.now())
        judging.withdraw_verdict(known, reason=WHY, by=room.nadia.actor, at=timezone.now())

        assert "ce document ne peut plus servir ici" in camille.get(page(draft, "verifier/"))

    def test_an_agent_s_question_is_answered_by_what_was_accepted_since(self, room, camille):
        draft = room.draft(with_proof=False)
        drafting.tell_missing(draft, key="proof", why="Lundi.", access=room.access, at=timezone.now())
        filing = send(room, draft)
        accepted(room)

        assert "Rien à envoyer." in camille.get(page(filing, "completer/"))
        camille.post(page(filing, "completer/"))

        filing.refresh_from_db()
        assert filing.status == Status.UNDER_REVIEW
        assert Piece.objects.get().is_reused

    def test_of_two_the_older_does_not_come_back_for_the_one_that_did_not_do(self, room, camille):
        accepted(room)
        draft = room.draft()
        filing = examining.take(send(room, draft), by=room.nadia, at=timezone.now())
        judge(room, filing, "wrong", "Octobre.")
        ask(room, filing)

        text = camille.get(page(filing, "completer/"))

        assert "Utiliser ce document" in text
        assert "Rien à envoyer." not in text


class TestWhatMustBeNew:
    """What is asked to prove the very thing that changes: an older one proves what was."""

    @pytest.fixture
    def version(self):
        old = "why: Pour vérifier votre quotient."
        assert old in INCOME
        new = "why: L’ancienne prouve l’ancien., reuse: false"
        return procedure(INCOME.replace("code: T05", "code: T06").replace("quotient\n", "neuf\n", 1).replace(old, new))

    def test_what_was_given_before_is_neither_used_nor_offered_and_the_page_says_why(self, room, camille, version):
        accepted(room)
        draft = room.draft(with_proof=False, version=version)

        text = camille.get(page(draft, "documents/"))

        assert "Rien à envoyer." not in text
        assert "Utiliser ce document" not in text
        assert "L’ancienne prouve l’ancien." in text
        with pytest.raises(Incomplete):
            send(room, draft)

    def test_what_is_given_for_it_serves_and_goes_with_its_correction(self, room, version):
        filing = send(room, room.draft(version=version))
        filing = examining.take(filing, by=room.nadia, at=timezone.now())
        deciding.decide(filing, REFUSAL, seen=filing.version, by=room.nadia, at=timezone.now())
        filing.refresh_from_db()
        corrected = drafting.start(version, access=room.access, start_key="c", corrects=filing, at=timezone.now())

        assert corrected.pieces.get().document == filing.pieces.get().document

    def test_what_an_agent_asks_again_is_not_answered_by_what_is_older(self, room, camille, version):
        draft = room.draft(with_proof=False, version=version)
        drafting.tell_missing(draft, key="proof", why="Lundi.", access=room.access, at=timezone.now())
        filing = send(room, draft)
        accepted(room)

        text = camille.get(page(filing, "completer/"))

        assert "Rien à envoyer." not in text
        assert "Utiliser ce document" not in text


@pytest.mark.parametrize(("code", "key"), [("D01", "proof"), ("D12", "bank")])
def test_of_a_new_address_and_of_a_new_account_the_proof_is_new(code, key):
    [piece] = [piece for piece in load(DEFINITIONS[code]).pieces if piece.key == key]

    assert not piece.reuse
    assert "ne prouve pas" in piece.why


def test_a_private_document_that_its_giver_chooses_is_named_on_no_paper_that_others_read(room):
    draft = room.draft(with_proof=False)
    chosen = accepted(room, is_private=True)
    drafting.add_piece(draft, key="proof", document=chosen, access=room.access, at=timezone.now())

    assert send(room, draft).acknowledgement["pieces"] == ["document à lecture restreinte"]


class TestAskingAgain:
    def filing(self, room):
        self.document = accepted(room)
        filing = send(room, room.draft(with_proof=False))
        return examining.take(filing, by=room.nadia, at=timezone.now())

    def test_what_is_accepted_and_valid_is_not_asked_for_again_without_saying_why(self, room):
        filing = self.filing(room)

        with pytest.raises(StillGood) as refusal:
            ask(room, filing)

        assert refusal.value.labels == ["Attestation CAF"]
        filing.refresh_from_db()
        assert filing.status == Status.UNDER_REVIEW

    def test_with_a_reason_its_verdict_is_withdrawn_and_the_family_reads_why(self, room, camille):
        filing = self.filing(room)

        ask(room, filing, why_again=WHY)

        self.document.refresh_from_db()
        assert (self.document.verdict, self.document.reason) == (Verdict.WITHDRAWN, WHY)
        assert Withdrawal.objects.get().was_good
        assert Line.objects.filter(kind="documents.verdict_withdrawn").count() == 1
        assert WHY in camille.get(f"/mon-compte/documents/{self.document.public_id}/")
        text = camille.get(page(filing))
        assert "À redonner" in text
        assert WHY in text

    def test_another_then_takes_its_place(self, room, camille):
        filing = self.filing(room)
        ask(room, filing, why_again=WHY)
        assert "Rien à envoyer." not in camille.get(page(filing, "completer/"))

        camille.post(page(filing, "completer/"), {"p1-files": photo("nette.pdf"), **DAYS})

        filing.refresh_from_db()
        assert filing.status == Status.UNDER_REVIEW
        assert filing.pieces.get(replaced_at=None).document != self.document

    def test_the_page_says_what_is_accepted_already_and_asks_why(self, room):
        filing, client = self.filing(room), entered(room.nadia)
        address = f"/gestion/demandes/{filing.public_id}/completer/"
        assert "Attestation CAF (déjà acceptée, valable jusqu’au" in read(client, address)
        day = timezone.localdate() + timedelta(days=9)
        typed = {"pieces": "proof", "text": "Encore.", "seen": filing.version, "seen_at": timezone.now().isoformat()}
        typed |= {"until_day": day.day, "until_month": day.month, "until_year": day.year}

        text = shown(client.post(address, typed))
        assert "Décochez-le, ou dites pourquoi." in text
        assert "Encore." in text

        client.post(address, typed | {"why_again": WHY})
        self.document.refresh_from_db()
        assert self.document.verdict == Verdict.WITHDRAWN

    def test_what_was_not_accepted_is_asked_for_as_before(self, room):
        filing = room.examined()

        ask(room, filing)

        assert not Withdrawal.objects.exists()

    def test_what_is_not_the_piece_asked_for_stays_good_elsewhere(self, room):
        filing = self.filing(room)
        judge(room, filing, "wrong", "Octobre.")

        ask(room, filing)

        self.document.refresh_from_db()
        assert self.document.verdict == Verdict.ACCEPTED

    def test_what_was_accepted_is_not_refused_afterwards_but_withdrawn(self, room):
        filing = self.filing(room)

        judge(room, filing, "unreadable", "Coupée.")

        self.document.refresh_from_db()
        assert (self.document.verdict, self.document.reason) == (Verdict.WITHDRAWN, "Coupée.")


class TestTheDayThatAnAnswerSays:
    """Of D05 the date of the statement is asked, and is that of the document."""

    ANSWERS = {"source": "caf", "quotient": 98400, "month": "2026-11-02", "changed": False}
    OTHER_DAY = DAYS | {"p1-issued_on_day": "3"}

    @pytest.fixture(autouse=True)
    def _day(self, time_machine):
        time_machine.move_to("2026-11-30T12:00:00Z", tick=False)

    @pytest.fixture
    def draft(self, room):
        return room.draft(self.ANSWERS, version=procedure(DEFINITIONS["D05"]), with_proof=False)

    def test_the_page_has_it_already_and_refuses_another(self, room, camille, draft):
        assert 'name="p1-issued_on_day" value="2"' in camille.get(page(draft, "documents/"))

        text = words(camille.gives(draft, photo("caf.pdf"), **self.OTHER_DAY))

        assert "Vous avez répondu que ce document est du 2 novembre 2026." in text
        assert not draft.pieces.exists()

    def test_what_was_given_for_that_day_serves_and_of_another_day_is_not_offered(self, room, camille, draft):
        known = accepted(room)
        assert "Rien à envoyer." not in camille.get(page(draft, "documents/"))

        Document.objects.filter(pk=known.pk).update(issued_on="2026-11-02")
        assert "Rien à envoyer." in camille.get(page(draft, "documents/"))

    def test_an_answer_that_changes_once_it_is_given_holds_the_draft_back(self, room, camille, draft):
        camille.gives(draft, photo("caf.pdf"))
        draft.refresh_from_db()
        other = {**self.ANSWERS, "month": "2026-10-02"}
        drafting.save(draft, section="quotient", answers=other, seen=1, access=room.access, at=timezone.now())

        with pytest.raises(Incomplete) as refusal:
            send(room, draft)
        assert "porte la date du 2 novembre 2026, et votre réponse dit 2 octobre 2026." in str(refusal.value)
