"""Whoever reads a filing does not always handle it; nobody links theirs to another's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.accounts.factories import PASSWORD
from tests.filings.factories import ANSWERS, REFUSAL, desk, procedure
from tests.household.homes import entered, let_in, outsider
from xpassfam.documents.models import Document
from xpassfam.filings import verdicts
from xpassfam.filings.actions import deciding, drafting, examining, following, sending
from xpassfam.filings.actions.drafting import MOST_DRAFTS, TooMany
from xpassfam.filings.actions.examining import AlreadyTaken
from xpassfam.filings.actions.sending import Incomplete
from xpassfam.filings.asking import PIECES
from xpassfam.filings.holding import NotAllowed, may_act
from xpassfam.filings.models import Filing
from xpassfam.people.access import for_account

pytestmark = pytest.mark.django_db

BANK = """
code: T12
slug: banque
title: Modifier mes coordonnées bancaires
purpose: Pour être payé.
category: money
delay: {count: 3, unit: working_days}
sections:
  - key: bank
    title: Votre compte
    fields:
      - {key: holder, type: text, label: Titulaire}
      - {key: iban, type: iban, label: IBAN}
effects:
  - {name: change_bank_details, answers: {holder: holder, iban: iban}}
"""
IBAN = "FR7630006000011234567890189"


@pytest.fixture
def room():
    return desk()


def withdraw(filing, access, account):
    return following.withdraw(filing, access=access, by=account.actor, at=timezone.now())


def test_the_partner_handles_what_the_holder_filed(room):
    sent = room.filed()

    withdraw(sent, room.home.access_of(room.home.partner), room.home.partner)


def test_who_was_let_in_reads_what_the_family_filed_and_handles_only_their_own(room):
    odile = outsider()
    let_in(odile.person, room.home.household, "requests", origin="invitation")
    access = room.home.access_of(odile)
    sent = room.filed()

    assert Filing.objects.visible_to(access).get() == sent
    assert not may_act(sent, access)
    with pytest.raises(NotAllowed):
        withdraw(sent, access, odile)


def test_a_filing_of_another_home_is_neither_corrected_nor_contested(room):
    refused = room.examined()
    decision = deciding.decide(refused, REFUSAL, seen=refused.version, by=room.nadia, at=timezone.now())
    stranger = outsider()
    access = for_account(stranger, on=timezone.localdate())[0]
    for link in ({"corrects": refused}, {"contests": decision}):
        with pytest.raises(NotAllowed):
            drafting.start(room.version, access=access, start_key="k", at=timezone.now(), **link)


def test_a_correction_begins_with_the_answers_and_the_good_pieces(room):
    refused = room.examined()
    deciding.decide(refused, REFUSAL, seen=refused.version, by=room.nadia, at=timezone.now())

    again = drafting.start(room.version, access=room.access, start_key="k", at=timezone.now(), corrects=refused)

    assert again.answers == ANSWERS
    assert [piece.key for piece in again.pieces.all()] == ["proof"]


def test_a_correction_carries_only_the_pieces_that_its_writer_may_read(room):
    refused = room.examined()
    Document.objects.update(person=room.home.holder.person, is_restricted=True)
    deciding.decide(refused, REFUSAL, seen=refused.version, by=room.nadia, at=timezone.now())

    access = room.home.access_of(room.home.partner)
    again = drafting.start(room.version, access=access, start_key="k", at=timezone.now(), corrects=refused)

    assert again.answers == ANSWERS
    assert not again.pieces.exists()


def test_a_document_that_is_another_s_to_read_since_serves_no_more(room):
    draft = room.draft()
    Document.objects.update(given_by=room.home.partner.person, person=room.home.partner.person, is_restricted=True)

    with pytest.raises(Incomplete) as refusal:
        sending.send(draft, access=room.access, by=room.camille, at=timezone.now())

    assert "ne peut plus servir" in refusal.value.problems[PIECES][0]


def test_drafts_are_not_without_number(room):
    for number in range(MOST_DRAFTS):
        drafting.start(room.version, access=room.access, start_key=f"k{number}", at=timezone.now())

    with pytest.raises(TooMany):
        drafting.start(room.version, access=room.access, start_key="more", at=timezone.now())
    assert drafting.start(room.version, access=room.access, start_key="k1", at=timezone.now()).start_key == "k1"


def test_what_an_agent_follows_another_does_not_take(room):
    taken = room.examined()

    with pytest.raises(AlreadyTaken):
        examining.take(taken, by=room.claire, at=timezone.now())


def test_a_bank_account_does_not_change_just_after_a_password(room):
    draft = room.draft({"holder": "Camille Martin", "iban": IBAN}, version=procedure(BANK), with_proof=False)
    page = entered(room.home.holder)
    new = {"current_password": PASSWORD, "new_password": "tulipe-canoe-hiver-42"}
    assert page.post("/mon-compte/securite/mot-de-passe/", new).status_code == 302

    with pytest.raises(Incomplete) as refusal:
        sending.send(draft, access=room.access, by=room.camille, at=timezone.now())

    assert "72\u00a0heures" in refusal.value.problems["who"][0]
    later = timezone.now() + timedelta(days=4)
    assert sending.send(draft, access=room.access, by=room.camille, at=later).reference


def test_once_it_has_served_only_the_end_of_a_bank_account_is_kept(room):
    sent = room.filed({"holder": "Camille Martin", "iban": IBAN}, version=procedure(BANK), with_proof=False)

    deciding.decide(sent, verdicts.Verdict("approved"), seen=sent.version, by=room.nadia, at=timezone.now())

    row = Filing.objects.get(pk=sent.pk)
    assert row.answers["iban"] == "•••• 0189"
    assert "1234567890" not in str(row.summary) + str(row.acknowledgement) + str(row.decisions.get().letter)
    assert room.home.household.bank_details.get().iban_end == "0189"
