"""What families gave in advance waits for agents on a page of its own; what a request will judge does not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.desks import entered
from tests.filings.factories import APPROVAL, desk
from tests.household.homes import read
from xpassfam.desk.documents import ROWS
from xpassfam.documents.models import Document, Verdict
from xpassfam.filings.actions import deciding, drafting, sending
from xpassfam.filings.for_desk import documents_to_check

pytestmark = pytest.mark.django_db
PAGE = "/gestion/documents/"


@pytest.fixture
def room():
    return desk()


def waiting():
    return set(documents_to_check(on=timezone.localdate()))


def test_the_oldest_comes_first_with_whose_it_is(room):
    newest, oldest = room.document("proof_of_address"), room.document("tax_notice", person=room.home.holder.person)
    Document.objects.filter(pk=oldest.pk).update(given_at=timezone.now() - timedelta(days=3))
    client = entered(room.nadia)

    text = read(client, PAGE)

    assert text.index(oldest.public_id) < text.index(newest.public_id)
    assert "2 documents attendent une réponse" in text
    assert room.home.household.file_number in text
    assert "Vérifier les documents hors des demandes ouvertes" in read(client, "/gestion/")


def test_nothing_waits_once_everything_is_judged(room):
    document, client = room.document("proof_of_address"), entered(room.nadia)
    client.post(f"{PAGE}{document.public_id}/avis/", {"verdict": "accepted"})

    text = read(client, PAGE)
    assert "Votre réponse est gardée." in text
    assert "Aucun document n’attend" in text


def test_a_piece_of_an_open_request_is_judged_with_it_alone(room):
    filing, client = room.examined(), entered(room.nadia)
    document = filing.pieces.get().document
    assert waiting() == set()

    text = read(client, f"{PAGE}{document.public_id}/")
    assert "Il se vérifie avec une demande" in text
    assert f"/gestion/demandes/{filing.public_id}/#pieces" in text
    answer = client.post(f"{PAGE}{document.public_id}/avis/", {"verdict": "accepted"}, follow=True)
    assert "se vérifie avec la demande" in answer.content.decode()
    assert Document.objects.get(pk=document.pk).verdict == Verdict.PENDING


def test_what_a_request_left_unjudged_waits_if_others_may_use_it(room):
    reusable = room.filed().pieces.get().document
    filing = room.draft()
    letter = room.document("other")
    drafting.add_piece(filing, key="note", document=letter, access=room.access, at=timezone.now())
    for one in (reusable.uses.get().filing, filing):
        if one.is_draft:
            one = sent(room, one)
        deciding.decide(one, APPROVAL, seen=one.version, by=room.nadia, at=timezone.now())

    assert reusable in waiting()
    assert letter not in waiting()
    assert "Votre réponse" in read(entered(room.nadia), f"{PAGE}{reusable.public_id}/")


def sent(room, draft):
    return sending.send(draft, access=room.access, by=room.camille, at=timezone.now())


def test_what_was_just_put_in_a_draft_was_not_sent_and_does_not_wait(room):
    draft = room.draft()
    assert waiting() == set()

    given_before = room.document()
    drafting.add_piece(draft, key="proof", document=given_before, access=room.access, at=timezone.now(), is_reused=True)
    assert waiting() == {given_before}


def test_what_is_replaced_or_past_does_not_wait(room):
    yesterday = timezone.localdate() - timedelta(days=1)
    room.document("proof_of_address", valid_until=yesterday)
    newer = room.document("bank_details", person=room.home.holder.person)
    room.document("bank_details", person=room.home.holder.person, replaced_by=newer)

    assert waiting() == {newer}


def test_pages_follow_each_other_without_losing_any(room):
    given = [room.document("proof_of_address") for _n in range(2 * ROWS + 1)]
    client, seen, address = entered(room.nadia), [], PAGE
    while address:
        text = read(client, address)
        seen += [one.public_id for one in given if one.public_id + "/" in text]
        after = text.partition('href="?apres=')[2].partition('"')[0]
        address = f"{PAGE}?apres={after}" if after else ""

    assert seen == [one.public_id for one in given]


def test_the_page_costs_the_same_whatever_waits(room):
    client = entered(room.nadia)
    costs = []
    for _time in range(2):
        for _n in range(6):
            room.document("proof_of_address")
        read(client, PAGE)
        with CaptureQueriesContext(connection) as spent:
            read(client, PAGE)
        costs.append(len(spent))

    assert costs[0] == costs[1] <= 12


def test_administrators_and_families_do_not_read_it(room):
    assert entered(room.home.holder).get(PAGE).status_code in (302, 403)
