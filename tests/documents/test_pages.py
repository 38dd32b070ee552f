"""Families and agents read documents, and the history says who did."""

import io
from datetime import timedelta

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.accounts.factories import account
from tests.documents.giving import give, sent
from tests.household.families import agent_client, read
from tests.vault import samples
from xpassfam.documents.actions import judging
from xpassfam.documents.models import Document, Opening, Verdict
from xpassfam.journal.actions import Actor
from xpassfam.journal.models import Line
from xpassfam.people.models import Access
from xpassfam.vault import storage

pytestmark = pytest.mark.django_db
AGENT = Actor("agent", "nadia", "Nadia Ferrand")


def lines(kind):
    return Line.objects.filter(kind=kind)


def test_the_list_says_what_was_given_and_how_it_stands(family):
    give(family, family.karim, "tax_notice", about=family.karim)
    refused = give(family, family.camille)
    judging.judge(refused, verdict=Verdict.REFUSED, reason="Il manque la date.", by=AGENT, at=timezone.now())

    page = read(family.client(family.camille), "/mon-compte/documents/")

    assert "Avis d’impôt de Karim" in page
    assert "En cours de vérification" in page
    assert "Justificatif de domicile" in page
    assert "Refusé" in page
    assert "Il manque la date." in read(family.client(family.camille), f"/mon-compte/documents/{refused.public_id}/")


def test_the_list_costs_the_same_with_many_documents(family, django_assert_max_num_queries):
    client = family.client(family.camille)
    give(family, family.camille)
    read(client, "/mon-compte/documents/")
    with django_assert_max_num_queries(100) as few:
        read(client, "/mon-compte/documents/")
    for _number in range(5):
        give(family, family.karim)
    with django_assert_max_num_queries(len(few)):
        read(client, "/mon-compte/documents/")


def test_a_document_is_read_in_the_page_as_pictures_of_its_pages(family):
    document = give(family, family.camille, files=[sent(family, family.camille, content=samples.pdf(2))] * 1)
    client = family.client(family.karim)

    page = read(client, f"/mon-compte/documents/{document.public_id}/")
    assert "Page 2 sur 2" in page
    picture = client.get(f"/mon-compte/documents/{document.public_id}/pages/2/")
    assert picture.headers["Content-Type"] == "image/webp"
    assert Image.open(io.BytesIO(picture.content)).width == 1200
    assert client.get(f"/mon-compte/documents/{document.public_id}/pages/3/").status_code == 404


def test_a_download_is_the_file_and_runs_nowhere(family):
    document = give(family, family.camille, "tax_notice", about=family.camille)
    answer = family.client(family.camille).get(f"/mon-compte/documents/{document.public_id}/fichier/1/")
    content = b"".join(answer.streaming_content)

    assert len(pikepdf.open(io.BytesIO(content)).pages) == 1
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Length"] == str(len(content))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policy = answer.headers["Content-Security-Policy"]
    assert {"default-src 'none'", "frame-ancestors 'none'", "sandbox"} <= set(policy.split("; "))
    assert "no-store" in answer.headers["Cache-Control"]
    name = answer.headers["Content-Disposition"]
    assert name.startswith("attachment; filename*=utf-8''Avis%20d%E2%80%99imp%C3%B4t%2C%20Camille%20Martin")
    assert name.endswith(".pdf")


def test_a_file_that_is_missing_from_the_storage_is_an_incident_not_half_a_file(family):
    document = give(family, family.camille)
    storage.current().delete(document.attached.get().file.storage_name)
    client = family.client(family.camille)
    client.raise_request_exception = False

    assert client.get(f"/mon-compte/documents/{document.public_id}/fichier/1/").status_code == 500


@pytest.mark.parametrize("end", ["", "pages/1/", "fichier/1/"])
def test_nobody_else_reaches_it(family, end):
    document = give(family, family.camille, "tax_notice", about=family.camille)

    assert family.client(family.antoine).get(f"/mon-compte/documents/{document.public_id}/{end}").status_code == 404
    assert family.client(family.lea).get(f"/mon-compte/documents/{document.public_id}/{end}").status_code == 404
    assert family.client(family.karim).get(f"/mon-compte/documents/{document.public_id}/{end}").status_code == 200
    assert family.client(family.karim).get(f"/gestion/documents/{document.public_id}/{end}").status_code == 403


@pytest.mark.parametrize("end", ["", "pages/1/", "fichier/1/"])
def test_an_agent_reads_it_an_administrator_does_not(family, end):
    document = give(family, family.camille)
    administrator = Client()
    administrator.force_login(account(role="administrator", email="admin@organisation.example"))

    assert agent_client().get(f"/gestion/documents/{document.public_id}/{end}").status_code == 200
    assert administrator.get(f"/gestion/documents/{document.public_id}/{end}").status_code == 403


def test_what_an_agent_opens_and_takes_is_told_to_the_family_once_an_hour(family):
    document = give(family, family.camille)
    client = agent_client()
    for _time in range(2):
        for end in ("", "pages/1/", "fichier/1/"):
            client.get(f"/gestion/documents/{document.public_id}/{end}")

    assert lines("documents.read").count() == lines("documents.taken").count() == 1
    assert "Lecture d’un document : Justificatif de domicile." in read(
        family.client(family.karim), "/mon-compte/historique/"
    )

    Opening.objects.update(at=timezone.now() - timedelta(hours=2))
    client.get(f"/gestion/documents/{document.public_id}/pages/1/")
    assert lines("documents.read").count() == 2


def test_a_page_asked_for_alone_is_told_too(family):
    document = give(family, family.camille)
    agent_client().get(f"/gestion/documents/{document.public_id}/pages/1/")

    assert lines("documents.read").count() == 1


def test_a_partner_s_tax_notice_that_an_agent_reads_is_told_to_the_partner(family):
    document = give(family, family.karim, "tax_notice", about=family.karim)
    agent_client().get(f"/gestion/documents/{document.public_id}/")

    [line] = lines("documents.read_own")
    assert line.person == family.karim.public_id
    assert "Lecture d’un document" not in read(family.client(family.camille), "/mon-compte/historique/")


def test_an_erased_document_has_its_page_and_no_file(family):
    document = give(family, family.camille, "identity", about=family.camille)
    judging.judge(document, verdict=Verdict.ACCEPTED, by=AGENT, at=timezone.now())
    client = family.client(family.camille)

    assert "vérifié, puis effacé" in read(client, f"/mon-compte/documents/{document.public_id}/")
    assert client.get(f"/mon-compte/documents/{document.public_id}/fichier/1/").status_code == 404


def test_who_only_looks_is_offered_nothing_to_add(family):
    client = family.client(family.lea)

    assert "Ajouter un document" not in read(client, "/mon-compte/documents/")
    assert client.get("/mon-compte/documents/ajouter/").status_code == 404
    Access.objects.filter(person=family.lea).update(permission="documents")
    assert client.get("/mon-compte/documents/ajouter/").status_code == 200
    assert not Document.objects.exists()
