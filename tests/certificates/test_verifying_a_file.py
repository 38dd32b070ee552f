"""Whoever was handed a file verifies that it is the one that was made here: nothing of it is kept."""

import io
import tempfile
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.certificates.certifying import given, withdrawn
from tests.vault import samples
from xpassfam.certificates import verifying
from xpassfam.certificates.actions import wording
from xpassfam.certificates.kinds import kind_of
from xpassfam.config import seal
from xpassfam.journal.actions import Actor
from xpassfam.rules.certificates import written_code
from xpassfam.vault.models import File

pytestmark = pytest.mark.django_db
PAGE = "/verifier/fichier/"
OURS, CHANGED = "Ce fichier est bien celui que nous avons produit", "Ce fichier a été modifié"
NOT_OURS = "Ce fichier ne porte pas notre cachet"


@pytest.fixture(autouse=True)
def own(tmp_path, settings):
    settings.VAR = tmp_path
    settings.SEAL = seal.read({}, is_demo=True, var=tmp_path)
    return settings.SEAL


@pytest.fixture
def made(family):
    return given(family, family.camille)


@pytest.fixture
def paper(family, made):
    answer = family.client(family.camille).get(f"/mon-compte/attestations/{made.public_id}/attestation.pdf")
    return answer.content


def told(content: bytes, client: Client | None = None, status: int = 200) -> str:
    client = client or Client(enforce_csrf_checks=True)
    answer = client.post(PAGE, {"file": SimpleUploadedFile("attestation.pdf", content)})
    assert answer.status_code == status
    assert answer.cookies == {}
    return answer.content.decode().replace("\u00a0", " ")


def verdict(text: str) -> list[str]:
    return [one for one in (OURS, CHANGED, NOT_OURS) if one in text]


def test_as_it_was_made_it_is_ours_and_what_is_known_of_it_is_said(paper, made):
    text = told(paper)

    assert verdict(text) == [OURS]
    assert "Ce document est valable" in text
    assert written_code(made.paper.code) in text


def test_one_that_was_withdrawn_since_is_ours_and_is_said_so(paper, made):
    withdrawn(made)
    text = told(paper)

    assert verdict(text) == [OURS]
    assert "Ce document a été retiré le" in text


def test_the_code_of_another_paper_typed_into_it_does_not_speak_for_it(family):
    other = given(family, family.lea)
    words = {"title": "Attestation", "introduction": "Nous attestons ceci.", "introduction_own": "Nous attestons."}
    words["closing"] = f"Voir aussi {written_code(other.paper.code)}."
    wording.write_words(kind_of("composition"), words, by=Actor("administrator", name="Thierry"), at=timezone.now())
    made = withdrawn(given(family, family.camille))
    address = f"/mon-compte/attestations/{made.public_id}/attestation.pdf"
    text = told(family.client(family.camille).get(address).content)

    assert verdict(text) == [OURS]
    assert "Ce document est valable" not in text
    assert "Vérifiez aussi le code écrit en bas de page." in text


def with_one_byte_changed(paper, share):
    where = int(len(paper) * share)
    return paper[:where] + bytes([paper[where] ^ 1]) + paper[where + 1 :]


def test_one_changed_byte_of_the_seal_itself_is_never_ours(paper):
    """Of the chain of certificates in it, perhaps: then nobody can say whose it was."""
    assert OURS not in verdict(told(with_one_byte_changed(paper, 0.9)))


@pytest.mark.parametrize("share", [0.003, 0.2, 0.4, 0.6])
def test_one_changed_byte_is_seen(paper, share):
    text = told(with_one_byte_changed(paper, share))
    assert verdict(text) == [CHANGED]
    assert f"<title>{CHANGED}" in text


def test_what_is_added_after_the_seal_is_seen(paper):
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(paper))
    writer.root["/Lang"] = writer.root["/Lang"].__class__("en")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)

    assert verdict(told(out.getvalue())) == [CHANGED]
    assert verdict(told(paper + b"\n% more")) == [CHANGED]


def test_saved_again_without_its_seal_it_is_none_of_ours(paper):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        del pdf.Root["/AcroForm"]
        del pdf.pages[0].obj["/Annots"]
        pdf.save(out)

    assert verdict(told(out.getvalue())) == [NOT_OURS]


def test_sealed_by_somebody_else_under_our_name_it_is_none_of_ours(paper, family, settings, own):
    with tempfile.TemporaryDirectory() as elsewhere:
        settings.SEAL = seal.read({}, is_demo=True, var=Path(elsewhere))
    other = given(family, family.lea)
    forged = family.client(family.lea).get(f"/mon-compte/attestations/{other.public_id}/attestation.pdf").content
    assert verdict(told(forged)) == [OURS]
    settings.SEAL = own

    assert verdict(told(forged)) == [NOT_OURS]


def test_what_is_no_pdf_of_ours_is_said_so_and_kills_nothing():
    for content in (samples.pdf(), samples.photo(), b"%PDF-1.7 nothing", b"<html>", samples.armed()):
        assert verdict(told(content, Client(REMOTE_ADDR="192.0.2.7"))) == [NOT_OURS]


def test_nothing_of_it_is_kept(paper, tmp_path):
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    told(paper)

    assert not File.objects.exists()
    after = {path for path in tmp_path.rglob("*") if path.is_file() and "children" not in path.parts}
    assert after <= before


def test_no_file_and_an_empty_one_are_told_what_to_do():
    client = Client()
    assert "Choisissez le fichier PDF que vous avez reçu." in client.post(PAGE).content.decode()
    assert "Ce fichier est vide." in told(b"", client)


def test_too_many_from_one_place_wait_and_codes_are_verified_meanwhile(made, client):
    now = timezone.now()
    for _number in range(verifying.FILE_FROM_ADDRESS.free):
        verifying.reserve_a_file(address="127.0.0.1", at=now)

    assert "Trop de fichiers en peu de temps" in told(samples.pdf(), client, 429)
    assert client.get(f"/verifier/{written_code(made.paper.code)}").status_code == 200


def test_what_is_heavier_than_any_of_ours_is_not_read():
    assert "Cet envoi est trop lourd" in told(samples.written_large(3_000_000), status=413)


def test_without_a_seal_no_file_is_asked_for(settings, client):
    assert "Vérifier ce fichier" in client.get("/verifier/").content.decode()
    settings.SEAL = seal.Seal("", "")
    assert "Vérifier ce fichier" not in client.get("/verifier/").content.decode()
    assert client.post(PAGE).status_code == 404
