"""An identity paper that nobody will check any more is not kept: it goes with what it was given for, or with time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.desk.desks import entered
from tests.filings.factories import desk
from tests.filings.test_identity_papers import CARD, asks, check, give, given
from tests.filings.walking import Walker, page, words
from tests.household.homes import read
from xpassfam.documents.actions import judging
from xpassfam.documents.models import Document, Verdict
from xpassfam.filings.actions import deciding, drafting, examining, following, sending, unchecked
from xpassfam.filings.holding import NotAllowed
from xpassfam.filings.jobs import keep_time
from xpassfam.filings.models import Filing
from xpassfam.filings.states import Status
from xpassfam.journal.models import Line
from xpassfam.privacy.retention import rule_of
from xpassfam.vault.models import File

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(settings, tmp_path):
    settings.VAR = tmp_path
    return desk(CARD)


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


def withdrawn(room, filing):
    return following.withdraw(filing, access=room.access, by=room.camille, at=timezone.now())


def closed(room, filing):
    filing.refresh_from_db()
    return deciding.close(filing, reason="Demande en double.", seen=filing.version, by=room.nadia, at=timezone.now())


def expired(room, filing):
    later = timezone.localdate() + timedelta(days=20)
    filing.refresh_from_db()
    examining.ask(
        filing,
        fields=["need"],
        pieces=[],
        text="Précisez.",
        until=later,
        seen=filing.version,
        by=room.nadia,
        at=timezone.now(),
    )
    filing.completions.update(until=timezone.localdate() - timedelta(days=1))


def refused(room, filing):
    Filing.objects.filter(pk=filing.pk).update(status=Status.REFUSED, ended_at=timezone.now())


@pytest.mark.parametrize("end", [withdrawn, closed, expired, refused])
def test_a_request_that_ends_takes_its_unchecked_identity_paper_along(room, camille, end):
    end(room, given(room, camille))

    keep_time.call()

    document = Document.objects.get()
    assert document.erased_at
    assert not File.objects.exists()
    assert Line.objects.filter(kind="documents.erased_unchecked_own").count() == 1
    keep_time.call()
    assert Line.objects.filter(kind="documents.erased_unchecked_own").count() == 1


def test_as_long_as_somebody_may_check_it_it_stays(room, camille):
    given(room, camille)
    keep_time.call()
    assert File.objects.exists()


def test_what_was_checked_keeps_its_answer(room, camille):
    filing = given(room, camille)
    check(room, filing)
    withdrawn(room, filing)

    keep_time.call()

    assert Document.objects.get().verdict == Verdict.ACCEPTED


def test_a_draft_that_uses_it_again_keeps_it(room, camille):
    filing = given(room, camille)
    draft = asks(room)
    drafting.add_piece(draft, key="identity", document=Document.objects.get(), access=room.access, at=timezone.now())
    withdrawn(room, filing)

    keep_time.call()

    assert File.objects.exists()


def test_both_sides_read_that_nobody_checked_it_and_a_later_request_asks_for_it(room, camille):
    filing = given(room, camille)
    withdrawn(room, filing)
    keep_time.call()
    document = Document.objects.get()

    text = camille.get(f"/mon-compte/documents/{document.public_id}/")
    assert "Effacé sans avoir été vérifié" in text
    assert "a été vérifié, puis effacé" not in text
    assert "Effacée, jamais vérifiée" in camille.get(f"/mon-compte/demandes/{filing.public_id}/")
    shown = read(entered(room.nadia), f"/gestion/demandes/{filing.public_id}/")
    assert "Vérifiée par" not in shown
    assert "Effacée sans avoir été vérifiée" in shown
    assert "Document effacé sans avoir été vérifié : Pièce d’identité." in camille.get("/mon-compte/historique/")
    assert "Rien à envoyer." not in camille.get(page(asks(room), "documents/"))


def test_one_given_in_advance_that_nobody_ever_checks_goes_with_time(room):
    give(room)
    rule = rule_of("identity_papers")
    now = timezone.now()
    assert rule.due(now - timedelta(days=1), now) == 0

    assert rule.purge(now + timedelta(days=1), now) == 1

    assert Document.objects.get().erased_at
    assert not File.objects.exists()


def test_time_waits_for_a_request_that_is_being_examined(room, camille):
    given(room, camille)
    now = timezone.now()
    assert rule_of("identity_papers").purge(now + timedelta(days=1), now) == 0
    assert File.objects.exists()


def again(room):
    """Another request, sent without its identity paper: it is asked for at once."""
    draft, now = asks(room), timezone.now()
    drafting.tell_missing(draft, key="identity", why="Je la cherche.", access=room.access, at=now)
    return sending.send(draft, access=room.access, by=room.camille, at=now)


def into_a_draft(room):
    return drafting.add_piece, asks(room)


def into_what_was_sent(room):
    return following.add_piece, again(room)


@pytest.mark.parametrize("into", [into_a_draft, into_what_was_sent])
def test_a_paper_put_in_a_request_while_the_job_goes_through_its_list_stays(room, camille, monkeypatch, into):
    withdrawn(room, given(room, camille))
    (add, filing), erase_one = into(room), unchecked._erase_one

    def meanwhile(document, *, at):
        add(filing, key="identity", document=document, is_reused=True, access=room.access, at=at)
        return erase_one(document, at=at)

    monkeypatch.setattr(unchecked, "_erase_one", meanwhile)
    assert unchecked.erase_of_ended(at=timezone.now()) == 0
    assert Document.objects.get().erased_at is None


@pytest.mark.parametrize("into", [into_a_draft, into_what_was_sent])
def test_a_paper_that_the_job_erased_first_is_put_in_no_request(room, camille, into):
    withdrawn(room, given(room, camille))
    (add, filing), document = into(room), Document.objects.get()
    unchecked.erase_of_ended(at=timezone.now())

    with pytest.raises(NotAllowed):
        add(filing, key="identity", document=document, is_reused=True, access=room.access, at=timezone.now())
    assert not filing.pieces.exists()


@pytest.mark.parametrize("into", [into_a_draft, into_what_was_sent])
def test_one_that_is_there_already_is_one_whatever_was_said_of_it_since(room, camille, into):
    withdrawn(room, given(room, camille))
    (add, filing), document = into(room), Document.objects.get()
    first = add(filing, key="identity", document=document, is_reused=True, access=room.access, at=timezone.now())
    judging.erase_unchecked(document, at=timezone.now())

    assert (
        add(filing, key="identity", document=document, is_reused=True, access=room.access, at=timezone.now()) == first
    )


def test_a_request_is_not_complete_with_an_erased_paper(room, camille):
    withdrawn(room, given(room, camille))
    filing, document = again(room), Document.objects.get()
    following.add_piece(
        filing, key="identity", document=document, is_reused=True, access=room.access, at=timezone.now()
    )
    judging.erase_unchecked(document, at=timezone.now())

    with pytest.raises(following.NotEverything):
        following.complete(filing, answers={}, access=room.access, by=room.camille, at=timezone.now())


@pytest.mark.parametrize("verdict", ["accepted", "wrong", "too_old"])
def test_nobody_judges_a_paper_that_was_erased_unseen(room, camille, verdict):
    filing = given(room, camille)
    judging.erase_unchecked(Document.objects.get(), at=timezone.now())  # while it had ended; it is open again

    address = f"/gestion/demandes/{filing.public_id}/pieces/{filing.pieces.get().pk}/"
    typed = {"piece-verdict": verdict, "piece-explanation": "Elle est floue."}
    assert "il n’y a rien à vérifier" in words(entered(room.nadia).post(address, typed, follow=True))
    assert Document.objects.get().verdict == Verdict.WITHDRAWN
    assert filing.pieces.get().verdict == "pending"
