"""Administrators give PDF files; families take them as long as they are good."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.household.families import read
from tests.vault import samples
from xpassfam.journal.models import Line
from xpassfam.services.models import UsefulFile
from xpassfam.vault.models import File

ADD = "/admin/services/usefulfile/add/"
DAY = timedelta(days=1)


@pytest.fixture
def thierry(db):
    client = Client()
    sign_in(client, account(role="administrator", email="thierry@organisation.example").email)
    return client


def give(client, content=None, *, path=ADD, name="reglement.pdf", **typed):
    facts = {"label": "Règlement des aides", "position": 1, "is_published": "on"} | typed
    if content is not None:
        facts["upload"] = SimpleUploadedFile(name, content)
    return client.post(path, facts)


@pytest.fixture
def useful(thierry):
    assert give(thierry, samples.pdf()).status_code == 302
    return UsefulFile.objects.get()


def page(useful):
    return f"/mon-compte/services/fichiers/{useful.public_id}/"


def test_what_an_administrator_gives_is_listed_and_taken(useful, camille):
    text = read(camille, "/mon-compte/services/")
    assert "Règlement des aides" in text
    assert "PDF" in text
    assert "/mon-compte/services/#fichiers" in read(camille, "/mon-compte/documents/")
    response = camille.get(page(useful))
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert "attachment" in response.headers["Content-Disposition"]
    assert Line.objects.filter(kind="services.written").count() == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"is_published": False},
        {"opens_on": timezone.localdate() + 2 * DAY},
        {"closes_on": timezone.localdate() - 2 * DAY},
    ],
)
def test_what_is_not_published_or_not_good_that_day_is_not_there(useful, camille, facts):
    UsefulFile.objects.update(**facts)
    assert "Règlement des aides" not in read(camille, "/mon-compte/services/")
    assert camille.get(page(useful)).status_code == 404


def test_until_the_scanner_has_seen_it_it_is_not_there(useful, camille):
    File.objects.update(state="quarantined")
    assert camille.get(page(useful)).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (None, "", "Choisissez le fichier PDF"),
        (samples.photo(), "photo.jpg", "Choisissez un PDF"),
        (b"MZ not a pdf", "reglement.pdf", "n’a pas été ajouté"),
    ],
)
def test_what_is_no_pdf_is_refused_with_what_to_do(thierry, content, name, told):
    response = give(thierry, content, name=name)
    assert response.status_code == 200
    assert told in response.content.decode()
    assert not UsefulFile.objects.exists()


def test_another_file_takes_the_place_of_the_first_which_goes(useful, thierry):
    former = useful.file_id
    change = f"/admin/services/usefulfile/{useful.pk}/change/"
    assert give(thierry, samples.pdf(), path=change, label="Règlement 2027").status_code == 302
    useful.refresh_from_db()
    assert useful.label == "Règlement 2027"
    assert useful.file_id != former
    assert not File.objects.filter(pk=former).exists()


def test_its_words_change_and_the_file_stays(useful, thierry):
    assert give(thierry, path=f"/admin/services/usefulfile/{useful.pk}/change/", label="Autre").status_code == 302
    former = useful.file_id
    useful.refresh_from_db()
    assert (useful.label, useful.file_id) == ("Autre", former)


def test_what_is_removed_goes_with_its_content_and_is_told(useful, thierry):
    thierry.post(f"/admin/services/usefulfile/{useful.pk}/delete/", {"post": "yes"})
    assert not UsefulFile.objects.exists()
    assert not File.objects.exists()
    assert Line.objects.filter(kind="services.removed").exists()
