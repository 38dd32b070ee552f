"""A draft is sent once, whole, with its reference, its date and its acknowledgement."""

import pytest
from django.utils import timezone

from tests.filings.factories import ANSWERS, desk, organisation
from xpassfam.filings.actions import drafting, sending
from xpassfam.filings.actions.sending import Incomplete
from xpassfam.filings.holding import NotAllowed
from xpassfam.filings.states import Status
from xpassfam.journal.models import Line
from xpassfam.outbox.models import Message
from xpassfam.people.models import Access

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return desk()


def send(room, draft):
    return sending.send(draft, access=room.access, by=room.camille, at=timezone.now())


def test_a_filing_has_a_reference_a_date_and_an_acknowledgement(room):
    sent = room.filed()

    assert sent.status == Status.RECEIVED
    assert sent.reference.startswith("D-")
    assert sent.due_on > timezone.localdate()
    mentions = sent.acknowledgement["mentions"]
    assert mentions["reference"] == sent.reference
    assert "02" in mentions["service_phone"]
    assert "silence_effect" not in mentions


def test_only_an_administration_says_what_its_silence_comes_to(room):
    organisation(legal_profile="adm")

    sent = room.filed()

    assert (sent.silence_effect, sent.silence_on is not None) == ("acceptance", True)
    assert "acceptée" in sent.acknowledgement["mentions"]["silence_effect"]


def test_sent_twice_it_is_sent_once(room):
    draft = room.draft()
    first, second = send(room, draft), send(room, draft)

    assert first.reference == second.reference
    assert Message.objects.filter(template="filings/mail/acknowledgement").count() == 1
    assert Line.objects.filter(kind="filings.filed").count() == 1


def test_what_is_missing_is_said_by_page_and_nothing_is_lost(room):
    draft = room.draft({"quotient": 98400}, with_proof=False)

    with pytest.raises(Incomplete) as refusal:
        send(room, draft)

    assert set(refusal.value.problems) == {"income", "documents"}
    draft.refresh_from_db()
    assert (draft.status, draft.answers) == (Status.DRAFT, {"quotient": 98400})


def test_a_piece_that_the_family_lacks_is_asked_for_and_the_clock_waits(room):
    draft = room.draft(with_proof=False)
    drafting.tell_missing(draft, key="proof", why="La CAF me l’envoie.", access=room.access, at=timezone.now())

    sent = send(room, draft)

    assert sent.status == Status.AWAITING_APPLICANT
    asked = sent.completions.get()
    assert (asked.pieces, sent.due_on) == (["proof"], asked.until)
    assert "Attestation CAF" in sent.acknowledgement["mentions"]["missing_pieces"]


def test_whoever_lost_the_access_meanwhile_sends_nothing(room):
    draft = room.draft()
    access = room.access
    Access.objects.filter(person=room.home.holder.person).update(until=timezone.localdate())

    with pytest.raises(NotAllowed):
        sending.send(draft, access=access, by=room.camille, at=timezone.now())


def test_the_partner_neither_reads_nor_sends_a_draft(room):
    draft = room.draft()
    partner = room.home.access_of(room.home.partner)

    with pytest.raises(NotAllowed):
        sending.send(draft, access=partner, by=room.home.partner.actor, at=timezone.now())


def test_answers_to_questions_that_fell_away_are_not_sent(room):
    draft = room.draft({**ANSWERS, "stray": "x"})

    assert send(room, draft).answers == ANSWERS
