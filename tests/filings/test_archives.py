"""A request that ended long ago is set aside: some agents open it, for a reason that the family reads.

Source: CNIL, délibération 2005-213; RGPD, art. 5.1.c, 5.1.e.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.filings.factories import APPROVAL, desk
from tests.filings.walking import Walker, page, words
from xpassfam.documents.models import Document
from xpassfam.entitlements.models import Use
from xpassfam.filings import archives
from xpassfam.filings.actions import deciding
from xpassfam.filings.models import Filing
from xpassfam.filings.urls import for_agents
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence
from xpassfam.organisation.models import Organisation, forget

pytestmark = pytest.mark.django_db
WHY = "La famille demande une copie de sa décision."
LONG_AGO = timedelta(days=400)


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def claire(room):
    """She is named for the archives."""
    room.claire.may_open_archives = True
    room.claire.save()
    return Walker.of(room.claire)


def ended(room, ago=LONG_AGO):
    filing = room.examined()
    deciding.decide(filing, APPROVAL, seen=filing.version, by=room.nadia, at=timezone.now())
    Filing.objects.filter(pk=filing.pk).update(ended_at=timezone.now() - ago, filed_at=timezone.now() - ago)
    Document.objects.update(given_at=timezone.now() - ago, valid_until=timezone.localdate() - ago + timedelta(days=90))
    filing.refresh_from_db()
    return filing


def at_desk(filing, rest=""):
    return f"/gestion/demandes/{filing.public_id}/{rest}"


def is_archived(filing):
    return archives.archived(Filing.objects.filter(pk=filing.pk), at=timezone.now()).exists()


def test_an_agent_who_is_not_named_reads_who_is(room, claire):
    response = Walker.of(room.nadia).client.get(at_desk(ended(room)))
    assert response.status_code == 403
    assert "Cette demande est archivée" in words(response)
    assert str(room.claire) in words(response)
    assert not Line.objects.filter(kind="filings.read").exists()


@pytest.mark.parametrize("route", for_agents, ids=lambda route: str(route.pattern))
def test_nothing_of_it_is_reached_around_the_door(room, claire, route):
    filing = ended(room)
    rest = str(route.pattern).partition("/<slug:public_id>/")[2]
    rest = rest.replace("<int:piece>", "1").replace("<int:number>", "1").replace("<slug:message>", "inconnu")
    for answer in (claire.client.get(at_desk(filing, rest)), claire.client.post(at_desk(filing, rest))):
        assert "Cette demande est archivée" in words(answer)


def test_what_is_sent_to_another_page_opens_nothing(room, claire):
    filing = ended(room)
    text = words(claire.client.post(at_desk(filing, "classer/"), {"reason": WHY, "seen": filing.version}))
    assert "Cette demande est archivée" in text
    assert not Line.objects.filter(kind="filings.archive_opened").exists()


def test_who_is_named_says_why_and_the_family_reads_it(room, claire):
    filing = ended(room)
    claire.post(at_desk(filing, "archive/"), {"reason": WHY})
    assert "envoyée par" in words(claire.client.get(at_desk(filing)))
    told = sentence(Line.objects.get(kind="filings.archive_opened")).replace("\u00a0", " ")
    assert told == f"Demande {filing.reference}, archivée : ouverte par un agent. {WHY}"
    assert WHY in Walker.of(room.home.holder).get("/mon-compte/historique/")


@pytest.mark.parametrize("reason", ["", "   ", "pour voir"])
def test_without_a_reason_it_stays_closed_and_what_was_typed_stays(room, claire, reason):
    filing = ended(room)
    text = words(claire.client.post(at_desk(filing, "archive/"), {"reason": reason}))
    assert "Cette demande est archivée" in text
    assert not Line.objects.filter(kind="filings.archive_opened").exists()
    assert f'value="{reason}"' in text or not reason.strip()


def test_who_is_not_named_opens_nothing_by_sending_the_form(room, claire):
    filing, nadia = ended(room), Walker.of(room.nadia)
    assert nadia.client.post(at_desk(filing, "archive/"), {"reason": WHY}).status_code == 403
    assert nadia.client.get(at_desk(filing)).status_code == 403


def test_it_closes_after_an_hour_and_for_other_devices(room, claire, time_machine):
    filing = ended(room)
    claire.post(at_desk(filing, "archive/"), {"reason": WHY})
    assert "Cette demande est archivée" in words(Walker.of(room.claire).client.get(at_desk(filing)))
    session = claire.client.session
    session["archives"] = {filing.public_id: (timezone.now() - timedelta(minutes=61)).isoformat()}
    session.save()
    assert "Cette demande est archivée" in words(claire.client.get(at_desk(filing)))


def test_its_documents_are_behind_the_same_door(room, claire):
    filing = ended(room)
    document = filing.pieces.get().document
    for address in (f"/gestion/documents/{document.public_id}/", f"/gestion/documents/{document.public_id}/pages/1/"):
        assert claire.client.get(address).headers["Location"] == at_desk(filing)
    claire.post(at_desk(filing, "archive/"), {"reason": WHY})
    assert claire.client.get(f"/gestion/documents/{document.public_id}/").status_code == 200


def test_a_document_that_may_still_serve_stays_open(room, claire):
    filing = ended(room)
    document = filing.pieces.get().document
    far = timezone.localdate() + timedelta(days=400)
    Document.objects.filter(pk=document.pk).update(
        verdict="accepted", verdict_at=timezone.now(), verdict_by="Nadia", valid_until=far
    )
    assert claire.client.get(f"/gestion/documents/{document.public_id}/").status_code == 200


def test_the_family_goes_on_reading_its_own(room):
    filing = ended(room)
    assert filing.reference in Walker.of(room.home.holder).get(page(filing))


def test_what_is_recent_or_waits_for_something_is_not_archived(room):
    assert not is_archived(ended(room, timedelta(days=300)))
    reserved = ended(room)
    Filing.objects.filter(pk=reserved.pk).update(status="approved_under_reserve")
    assert not is_archived(reserved)
    assert not is_archived(room.filed())


@pytest.mark.parametrize(("facts", "expected"), [({}, False), ({"read_at": timezone.now() - LONG_AGO}, True)])
def test_words_that_nobody_read_keep_it_open(room, facts, expected):
    filing = ended(room)
    then = timezone.now() - LONG_AGO
    filing.messages.create(side="family", text="Le montant est faux.", sent_at=then, form_key="k", **facts)
    assert is_archived(filing) is expected


def test_what_was_said_lately_may_still_be_answered(room):
    filing, now = ended(room), timezone.now()
    filing.messages.create(side="family", text="Le montant est faux.", sent_at=now, read_at=now, form_key="k")
    assert not is_archived(filing)


def test_an_effect_that_has_not_come_keeps_it_open(room):
    filing = ended(room)
    filing.decisions.update(effects_on=timezone.localdate() - timedelta(days=3), effects_at=None)
    assert not is_archived(filing)


def test_who_is_named_no_more_opens_no_more(room, claire):
    filing = ended(room)
    claire.post(at_desk(filing, "archive/"), {"reason": WHY})
    room.claire.may_open_archives = False
    room.claire.save()
    assert claire.client.get(at_desk(filing)).status_code == 403


def test_a_document_that_serves_once_is_behind_the_door_for_good(room, claire):
    filing = ended(room)
    document = filing.pieces.get().document
    Document.objects.filter(pk=document.pk).update(kind="invoice", valid_until=None)
    assert claire.client.get(f"/gestion/documents/{document.public_id}/").headers["Location"] == at_desk(filing)


@pytest.mark.parametrize(("until", "expected"), [(-300, False), (-390, True)])
def test_it_waits_for_a_year_after_the_end_of_the_right_that_it_opened(room, until, expected):
    filing, today = ended(room), timezone.localdate()
    begun = today - timedelta(days=395)
    Use.objects.create(
        household=filing.household, right="R07", used_on=begun, since=begun, until=today + timedelta(days=until),
        cause=filing.public_id, recorded_at=timezone.now(), recorded_by="Nadia",
    )  # fmt: skip
    assert is_archived(filing) is expected


def test_the_organisation_says_after_how_long(room):
    filing = ended(room)
    Organisation.objects.update(archive_months=24)
    forget()
    assert not is_archived(filing)


def test_an_ordinary_request_costs_one_query_more(room, django_assert_max_num_queries):
    filing = room.examined()
    with django_assert_max_num_queries(1):
        assert not is_archived(filing)
