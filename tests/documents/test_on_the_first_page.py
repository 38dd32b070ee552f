"""The first page shows the latest documents, and says which one to renew."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.documents.giving import give
from tests.household.families import read
from xpassfam.documents.actions import judging
from xpassfam.documents.for_dashboard import MOST_SHOWN, MOST_WAITING
from xpassfam.documents.models import Document, Verdict
from xpassfam.journal.actions import Actor

pytestmark = pytest.mark.django_db
AGENT = Actor("agent", "nadia", "Nadia Ferrand")
HOME = "/mon-compte/"
MOST = 14


def ending(family, by, kind="proof_of_address", *, about=None, left=20, warned=30, days=60):
    document = give(family, by, kind, about=about, at=timezone.now() - timedelta(days=days))
    until = timezone.localdate() + timedelta(days=left)
    Document.objects.filter(pk=document.pk).update(valid_until=until, warned_days=warned)
    document.refresh_from_db()
    return document


def test_what_ends_soon_waits_with_its_button(family):
    document = ending(family, family.camille)
    page = read(family.client(family.camille), HOME)

    assert "Renouvelez : Justificatif de domicile".replace(" :", "\u00a0:") in page
    assert f"/mon-compte/documents/{document.public_id}/renouveler/" in page


@pytest.mark.parametrize("why", ["untold", "just given", "past", "refused", "renewed"])
def test_nothing_else_does(family, why):
    known = ending(
        family,
        family.camille,
        warned=None if why == "untold" else 30,
        days=1 if why == "just given" else 60,
        left=-1 if why == "past" else 20,
    )
    if why == "refused":
        judging.judge(known, verdict=Verdict.REFUSED, reason="Floue.", by=AGENT, at=timezone.now())
    if why == "renewed":
        give(family, family.camille, replaces=known)

    assert "Renouvelez" not in read(family.client(family.camille), HOME)


def test_who_only_looks_is_asked_for_nothing(family):
    ending(family, family.camille)
    assert "Renouvelez" not in read(family.client(family.lea), HOME)


def test_the_latest_are_there_with_how_they_stand(family):
    for kind in ("judgment", "proof_of_address", "birth_certificate", "proof_of_life_together"):
        give(family, family.karim, kind)
    page = read(family.client(family.camille), HOME)

    assert "Vos documents" in page
    assert "Preuve de vie commune" in page
    assert "Jugement" not in page
    assert "En cours de vérification" in page


def test_with_none_there_is_no_card(family):
    assert "Vos documents" not in read(family.client(family.camille), HOME)


def test_what_is_restricted_is_shown_to_who_may_read_it(family):
    ending(family, family.karim, "disability_decision", about=family.karim)

    assert "MDPH" in read(family.client(family.karim), HOME)
    assert "MDPH" not in read(family.client(family.camille), HOME)


def test_the_page_costs_the_same_with_many(family):
    client = family.client(family.camille)
    costs = []
    for number in (1, 6):
        for _time in range(number):
            ending(family, family.camille)
            give(family, family.karim, replaces=give(family, family.karim))
        client.get(HOME)
        with CaptureQueriesContext(connection) as queries:
            client.get(HOME)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= MOST


def refused(family, by, kind="proof_of_address", **facts):
    known = give(family, by, kind, **facts)
    return judging.judge(known, verdict=Verdict.REFUSED, reason="La page est floue.", by=AGENT, at=timezone.now())


def test_what_an_agent_refused_is_to_give_again_with_the_reason(family):
    document = refused(family, family.camille)
    page = read(family.client(family.camille), HOME)

    assert "Redonnez\u00a0: Justificatif de domicile" in page
    assert "La page est floue." in page
    assert f"/mon-compte/documents/{document.public_id}/renouveler/" in page


def test_what_serves_once_is_given_in_its_request_and_takes_no_other_s_place(family):
    refused(family, family.camille)
    for _number in range(MOST_WAITING + MOST_SHOWN):
        refused(family, family.camille, "invoice")
    page = read(family.client(family.camille), HOME)

    assert "/mon-compte/documents/ajouter/invoice/" not in page
    assert page.count("Redonnez") == 1
    assert "Redonnez\u00a0: Justificatif de domicile" in page


def test_what_was_accepted_and_is_asked_for_again_waits_too(family):
    known = give(family, family.camille)
    judging.judge(known, verdict=Verdict.ACCEPTED, by=AGENT, at=timezone.now())
    judging.withdraw_verdict(known, reason="L’adresse a changé.", by=AGENT, at=timezone.now())

    assert "L’adresse a changé." in read(family.client(family.camille), HOME)


@pytest.mark.parametrize("how", ["renewed", "given anew", "long ago", "erased unchecked"])
def test_it_waits_no_more_once(family, how):
    known = refused(family, family.camille)
    if how == "renewed":
        give(family, family.camille, replaces=known)
    if how == "given anew":
        give(family, family.karim)
    if how == "long ago":
        Document.objects.update(verdict_at=timezone.now() - timedelta(days=62))
    if how == "erased unchecked":
        Document.objects.update(verdict=Verdict.WITHDRAWN, verdict_by="system")

    assert "Redonnez" not in read(family.client(family.camille), HOME)


def test_another_person_s_of_the_same_kind_changes_nothing(family):
    refused(family, family.camille, "tax_notice", about=family.camille)
    give(family, family.camille, "tax_notice", about=family.karim)

    assert "Redonnez" in read(family.client(family.camille), HOME)


def test_what_was_refused_comes_before_what_ends_soon_and_costs_no_query_more(family):
    client = family.client(family.camille)
    client.get(HOME)
    with CaptureQueriesContext(connection) as before:
        client.get(HOME)
    ending(family, family.camille, "family_allowance_statement")
    refused(family, family.camille)
    with CaptureQueriesContext(connection) as queries:
        page = read(client, HOME)

    assert page.index("Redonnez") < page.index("Renouvelez")
    assert len(queries) == len(before) <= MOST
