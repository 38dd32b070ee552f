"""A form that takes files loses none of them, and says of each that is not taken why and what to do."""

import re
from contextlib import ExitStack

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.documents.giving import give, sent
from tests.household.families import read
from tests.vault import samples
from xpassfam.accounts import throttle
from xpassfam.documents.actions import uploading
from xpassfam.documents.actions.giving import MOST_FILES
from xpassfam.documents.models import Document, PendingUpload
from xpassfam.vault.limits import AT_ONCE, MOST_BYTES
from xpassfam.vault.models import File
from xpassfam.vault.turns import turn

pytestmark = pytest.mark.django_db
PAGE = "/mon-compte/documents/ajouter/proof-of-address/"


def file(name: str, content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or samples.pdf())


def dated(**typed: object) -> dict[str, object]:
    day = timezone.localdate()
    return {"issued_on_day": day.day, "issued_on_month": day.month, "issued_on_year": day.year} | typed


def kept_in(page: str) -> list[str]:
    return re.findall(r'type="hidden" name="files" value="([^"]+)"', page)


def test_a_document_is_given_in_one_go(family):
    client = family.client(family.camille)
    answer = client.post(PAGE, dated(files=[file("a.pdf"), file("b.jpg", samples.photo())]))

    document = Document.objects.get()
    assert answer.headers["Location"] == f"/mon-compte/documents/{document.public_id}/"
    assert document.person is None
    assert [one.file.name for one in document.attached.select_related("file")] == ["a.pdf", "b.jpg"]


@pytest.mark.parametrize(("kind", "serves_again"), [("proof-of-address", True), ("invoice", False)])
def test_only_what_serves_again_is_said_not_to_be_given_again(family, kind, serves_again):
    page = PAGE.replace("proof-of-address", kind)
    answer = family.client(family.camille).post(page, dated(files=[file("a.pdf")], about="foyer"), follow=True)

    assert "C’est ajouté" in answer.content.decode()
    assert ("vous n’aurez pas à le redonner" in answer.content.decode()) == serves_again
    assert ("donnez-le dans cette demande" in answer.content.decode()) != serves_again


def test_what_is_only_named_as_a_pdf_is_not_told_to_be_sent_as_one(family):
    answer = family.client(family.camille).post(PAGE, dated(files=[file("facture.PDF", b"Bonjour")]))

    assert "il porte le nom d’un PDF, mais n’en est pas un" in answer.content.decode()


def test_a_file_that_is_refused_leaves_the_others_and_what_was_typed(family):
    client = family.client(family.camille)
    answer = client.post(PAGE, dated(files=[file("facture.pdf"), file("vacances.bmp", b"BM" + b"\x00" * 60)]))
    page = answer.content.decode()

    assert "« vacances.bmp » n’a pas été ajouté : ce format n’est pas accepté." in page
    assert "Vos autres fichiers sont bien là." in page
    assert "facture.pdf" in page
    assert "Erreur" in page
    assert not Document.objects.exists()

    client.post(PAGE, dated(files=kept_in(page)))
    assert Document.objects.get().attached.get().file.name == "facture.pdf"


def test_an_error_elsewhere_loses_no_file(family):
    client = family.client(family.camille)
    page = client.post(PAGE, {"files": [file("facture.pdf")]}).content.decode()

    [public_id] = kept_in(page)
    client.post(PAGE, dated(files=[public_id]))
    assert Document.objects.get().attached.count() == 1
    assert File.objects.count() == 1


def test_a_file_can_be_taken_back_without_a_script(family):
    upload, other = sent(family, family.camille), sent(family, family.camille, name="autre.pdf")
    ids = [upload.public_id, other.public_id]
    family.client(family.camille).post(PAGE, dated(files=ids, **{"files-retrait": upload.public_id}))

    assert Document.objects.get().attached.get().file.name == "autre.pdf"
    assert File.objects.count() == 1


def test_what_another_sent_is_not_taken_for_one_s_own(family):
    upload = sent(family, family.camille)
    client = family.client(family.karim)
    page = client.post(PAGE, dated(files=[upload.public_id])).content.decode()

    assert "Ajoutez au moins un fichier." in page
    assert client.post(f"/mon-compte/documents/envoi/{upload.public_id}/retrait/").status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "ce fichier est vide"),
        (samples.encrypted(to_open="x"), "mot de passe"),
        (samples.pdf()[:200], "il ne s’ouvre pas"),
        (b"%PDF-1.7" + b" " * (MOST_BYTES + 10), "plus de 10"),
    ],
)
def test_each_reason_says_what_to_do(family, content, words):
    upload = SimpleUploadedFile("a.pdf", content)
    page = family.client(family.camille).post(PAGE, dated(files=[upload])).content.decode()

    assert words in page


def test_there_is_an_end_to_the_files_of_a_document(family):
    ids = [sent(family, family.camille).public_id for _number in range(MOST_FILES)]
    page = family.client(family.camille).post(PAGE, dated(files=[*ids, file("de-trop.pdf")])).content.decode()

    assert "« de-trop.pdf » n’a pas été ajouté" in page
    assert PendingUpload.objects.count() == MOST_FILES


def test_the_same_form_twice_gives_one_document(family):
    client = family.client(family.camille)
    key = client.get(PAGE).context["key"]
    ids = [sent(family, family.camille).public_id]
    first, second = (client.post(PAGE, dated(files=ids, key=key)) for _time in range(2))

    assert Document.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]


def test_a_page_sends_a_file_by_itself(family):
    client = family.client(family.camille)
    answer = client.post("/mon-compte/documents/envoi/", {"file": file("facture.pdf")})

    assert answer.status_code == 201
    assert answer.json()["name"] == "facture.pdf"
    assert PendingUpload.objects.get().public_id == answer.json()["id"]

    answer = client.post("/mon-compte/documents/envoi/", {"file": file("film.mov", b"\x00" * 100)})
    assert answer.status_code == 200
    assert "« film.mov » n’a pas été ajouté" in answer.json()["problem"]

    client.post(f"/mon-compte/documents/envoi/{PendingUpload.objects.get().public_id}/retrait/")
    assert not File.objects.exists()


def test_the_limits_are_told_before_choosing(family):
    page = read(family.client(family.camille), PAGE)

    assert page.index("10 Mo au plus chacun") < page.index('type="file"')


@pytest.mark.parametrize("kind", ["tax-notice", "identity", "disability-decision", "other", "birth-certificate"])
def test_every_sort_of_kind_has_its_form(family, kind):
    page = read(family.client(family.camille), f"/mon-compte/documents/ajouter/{kind}/")

    assert "De qui est-ce le document" in page


def test_an_unknown_kind_is_not_found(family):
    assert family.client(family.camille).get("/mon-compte/documents/ajouter/zorglub/").status_code == 404


def test_a_form_names_whom_it_is_about(family):
    client = family.client(family.camille)
    page = "/mon-compte/documents/ajouter/identity/"
    for public_id, count in ((family.antoine.public_id, 0), (family.lea.public_id, 0), (family.ines.public_id, 1)):
        client.post(page, {"about": public_id, "files": [sent(family, family.camille).public_id]})
        assert Document.objects.count() == count


def test_there_is_an_end_to_what_a_household_sends_in_a_day(family):
    for _number in range(uploading.SENDING.free):
        throttle.reserve(uploading.SENDING, family.access(family.camille).household, at=timezone.now())
    answer = family.client(family.camille).post("/mon-compte/documents/envoi/", {"file": file("facture.pdf")})

    assert "votre foyer a envoyé beaucoup de fichiers. Réessayez " in answer.json()["problem"]
    assert not File.objects.exists()


@pytest.mark.parametrize("at_work", [0, AT_ONCE])
def test_a_picture_that_finds_every_child_at_work_says_when_to_come_back(family, at_work):
    document = give(family, family.camille)
    with ExitStack() as held:
        for _number in range(at_work):
            held.enter_context(turn(patience=0))
        answer = family.client(family.camille).get(f"/mon-compte/documents/{document.public_id}/pages/1/")

    assert (answer.status_code, answer.headers.get("Retry-After")) == ((503, "5") if at_work else (200, None))
