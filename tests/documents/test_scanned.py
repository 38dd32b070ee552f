"""A document whose file waits for the virus scanner, and one whose file it destroyed."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.documents.giving import give, sent
from tests.household.families import agent_client, read
from tests.vault import samples, scanner
from xpassfam.documents import jobs
from xpassfam.documents.actions import judging
from xpassfam.documents.models import Document, PendingUpload, Verdict
from xpassfam.journal.actions import Actor
from xpassfam.journal.models import Line
from xpassfam.vault import scanning
from xpassfam.vault.models import File

pytestmark = pytest.mark.django_db
AGENT = Actor("agent", "nadia", "Nadia Ferrand")
INFECTED = samples.photo() + scanner.EICAR
ENDS = ("pages/1/", "fichier/1/")


@pytest.fixture
def clam(settings):
    with scanner.running() as running:
        settings.SCANNER_URL = running.url
        yield running


def given(family, content: bytes = b"", *, kind: str = "proof_of_address", **more: object) -> Document:
    upload = sent(family, family.camille, content=content or samples.photo(), name="facture.jpg")
    return give(family, family.camille, kind, files=[upload], **more)


@pytest.fixture
def scanned(django_capture_on_commit_callbacks):
    """The worker passes."""

    def passes() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            scanning.look_again(before=timezone.now() + timedelta(minutes=1))
            jobs.refuse_destroyed.call()

    return passes


def test_as_long_as_it_waits_nobody_opens_it_and_its_page_says_why(family, clam):
    document = given(family)
    for client, place in ((family.client(family.camille), "/mon-compte"), (agent_client(), "/gestion")):
        page = read(client, f"{place}/documents/{document.public_id}/")
        assert "En cours de vérification" in page
        assert "« facture.jpg » est bien reçu." in page
        for end in ENDS:
            address = f"{place}/documents/{document.public_id}/{end}"
            assert address not in page
            assert client.get(address).status_code == 404


def test_as_long_as_it_waits_nobody_judges_it(family, clam):
    document = given(family)

    with pytest.raises(judging.NotScanned):
        judging.judge(document, verdict=Verdict.ACCEPTED, by=AGENT, at=timezone.now())
    document.refresh_from_db()
    assert document.verdict == Verdict.PENDING


def test_once_scanned_it_is_as_any_other(family, clam, scanned):
    document = given(family)
    scanned()

    page = read(family.client(family.camille), f"/mon-compte/documents/{document.public_id}/")
    assert "est bien reçu" not in page
    for end in ENDS:
        assert family.client(family.camille).get(f"/mon-compte/documents/{document.public_id}/{end}").status_code == 200
    judging.judge(document, verdict=Verdict.ACCEPTED, by=AGENT, at=timezone.now())


def test_an_infected_one_is_refused_with_what_to_do(family, clam, scanned):
    document = given(family, INFECTED)
    scanned()

    for client, place in ((family.client(family.camille), "/mon-compte"), (agent_client(), "/gestion")):
        page = read(client, f"{place}/documents/{document.public_id}/")
        assert "Ce document est refusé" in page
        assert "« facture.jpg » contenait un virus. Ce fichier a été détruit, personne ne l’a ouvert." in page
        assert "Faites vérifier votre appareil" in page
        assert "par l’antivirus" in page
        assert "system" not in page
        for end in ENDS:
            assert client.get(f"{place}/documents/{document.public_id}/{end}").status_code == 404
    told = read(family.client(family.camille), "/mon-compte/historique/")
    assert "Document refusé : Justificatif de domicile. Raison : « facture.jpg » contenait un virus." in told


def test_it_is_told_once(family, clam, scanned):
    given(family, INFECTED)
    scanned()
    jobs.refuse_destroyed.call()

    assert Line.objects.filter(kind="documents.refused").count() == 1


def test_an_infected_identity_paper_leaves_nothing_and_asks_to_be_given_again(family, clam, scanned):
    document = given(family, INFECTED, kind="identity", about=family.camille)
    scanned()

    page = read(family.client(family.camille), f"/mon-compte/documents/{document.public_id}/")
    assert "contenait un virus" in page
    assert "il n’est pas à redonner" not in page
    assert "Ce document a été vérifié" not in page
    assert not File.objects.exists()


def test_it_is_offered_for_no_other_request(family, clam, scanned):
    given(family, INFECTED)
    scanned()

    assert not Document.objects.good_on(timezone.localdate()).exists()


def test_the_other_pages_of_a_document_keep_their_numbers(family, clam, scanned):
    good = sent(family, family.camille, content=samples.pdf(2))
    scanned()
    waits = sent(family, family.camille, content=samples.photo(), name="recto.jpg")
    document = give(family, family.camille, files=[waits, good])

    client = family.client(family.camille)
    page = read(client, f"/mon-compte/documents/{document.public_id}/")
    assert "Page 3 sur 3" in page
    assert "pages/1/" not in page
    assert client.get(f"/mon-compte/documents/{document.public_id}/pages/2/").status_code == 200


def test_a_form_says_of_an_infected_file_that_it_is_gone_and_keeps_the_others(family, clam, scanned):
    client = family.client(family.camille)
    page_url = "/mon-compte/documents/ajouter/proof-of-address/"
    files = [SimpleUploadedFile("bad.jpg", INFECTED), SimpleUploadedFile("good.jpg", samples.photo())]
    client.post(page_url, {"files": files})
    ids = list(PendingUpload.objects.order_by("pk").values_list("public_id", flat=True))
    scanned()

    day = timezone.localdate()
    dated = {"issued_on_day": day.day, "issued_on_month": day.month, "issued_on_year": day.year}
    page = client.post(page_url, {"files": ids, **dated}).content.decode()
    assert "« bad.jpg » n’a pas été ajouté : il contenait un virus." in page
    assert "Vos autres fichiers sont bien là." in page
    assert not Document.objects.exists()

    client.post(page_url, {"files": ids[1:], **dated})
    assert [one.file.name for one in Document.objects.get().attached.all()] == ["good.jpg"]
    assert File.objects.count() == 1
