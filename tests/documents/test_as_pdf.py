"""The photos of a document as one PDF/A: upright, in their order, titled, in French; made once, then kept."""

import io
from contextlib import ExitStack

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from tests.documents.giving import give, sent
from tests.household.families import agent_client, read
from tests.vault import samples, scanner
from xpassfam.documents.actions import judging
from xpassfam.documents.models import Document, Verdict
from xpassfam.journal.actions import Actor
from xpassfam.journal.models import Line
from xpassfam.vault import children, turns
from xpassfam.vault.limits import AT_ONCE
from xpassfam.vault.models import File

pytestmark = pytest.mark.django_db
AGENT = Actor("agent", "nadia", "Nadia Ferrand")
BUTTON, OF_THE_PHOTOS = "Télécharger en PDF", "Télécharger les photos en PDF"
PDFAID, DC = "{http://www.aiim.org/pdfa/ns/id/}", "{http://purl.org/dc/elements/1.1/}"


def given(family, *contents: bytes, **more: object) -> Document:
    uploads = [sent(family, family.camille, content=content, name="IMG.jpg") for content in contents]
    return give(family, family.camille, "tax_notice", about=family.camille, files=uploads, **more)


def address(document: Document, place: str = "/mon-compte") -> str:
    return f"{place}/documents/{document.public_id}/document.pdf"


def taken(family, document: Document) -> bytes:
    answer = family.client(family.camille).get(address(document))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def page(colour: str, *, width: int = 1700, height: int = 2400, **more: object) -> bytes:
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).rectangle((0, 0, width, height // 4), fill=colour)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, **more)
    return out.getvalue()


def turned(colour: str) -> bytes:
    """Held sideways: its pixels lie, its camera says so."""
    exif = Image.Exif()
    exif[samples.ORIENTATION] = 6
    return page(colour, width=2400, height=1700, exif=exif.tobytes())


def at_the_top(pdf: bytes, number: int) -> tuple[int, ...]:
    drawn = pypdfium2.PdfDocument(pdf)[number].render(scale=0.5).to_pil().convert("RGB")
    return drawn.getpixel((drawn.width // 2, drawn.height // 20))


def test_several_photos_become_one_pdf_for_the_archive(family):
    document = given(family, page("red"), samples.photo("PNG", width=800, height=600), samples.heic())

    pdf = taken(family, document)

    with pikepdf.open(io.BytesIO(pdf)) as made:
        assert len(made.pages) == 3
        with made.open_metadata() as told:
            assert (told[f"{PDFAID}part"], told[f"{PDFAID}conformance"]) == ("2", "B")
            assert told[f"{DC}title"].startswith("Avis d’impôt, Camille")
        assert str(made.Root.Lang) == "fr"
        assert made.Root.OutputIntents[0].S == "/GTS_PDFA1"
        sizes = [tuple(round(float(side)) for side in one.mediabox[2:]) for one in made.pages]
        assert sizes == [(595, 842), (842, 595), (842, 595)]


def test_pages_stand_upright_in_their_order(family):
    pdf = taken(family, given(family, page("red"), page("blue")))

    red, blue = at_the_top(pdf, 0), at_the_top(pdf, 1)
    assert red[0] > 200 > 100 > red[2]
    assert blue[2] > 200 > 100 > blue[0]


def test_a_photo_held_sideways_is_upright_too(family):
    pdf = taken(family, given(family, turned("red")))

    with pikepdf.open(io.BytesIO(pdf)) as made:
        width, height = (float(side) for side in made.pages[0].mediabox[2:])
    assert height > width


def test_it_is_light_and_still_read_on_paper(family):
    noise = Image.effect_noise((3000, 4000), 40).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=80)
    pdf = taken(family, given(family, out.getvalue()))

    with pikepdf.open(io.BytesIO(pdf)) as made:
        [drawn] = [one for one in made.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
        assert max(int(drawn.Width), int(drawn.Height)) == 2340
        assert drawn.Filter == "/DCTDecode"
    assert len(pdf) < len(out.getvalue()) * 0.5


def test_it_says_nothing_of_where_it_was_taken(family):
    pdf = taken(family, given(family, samples.photo(width=600, height=400)))

    assert b"Camera of Camille" not in pdf
    assert b"Exif" not in pdf


def test_it_is_made_once_then_kept_locked_beside_the_original(family):
    document = given(family, page("red"))
    first, second = taken(family, document), taken(family, document)

    assert first == second
    assert File.objects.count() == 2
    document.refresh_from_db()
    assert document.pdf.media_type == "application/pdf"
    assert document.attached.get().file.media_type == "image/jpeg"


def test_the_page_offers_it_where_there_are_photos(family):
    client = family.client(family.camille)

    assert BUTTON in read(client, f"/mon-compte/documents/{given(family, page('red')).public_id}/")
    mixed = read(client, f"/mon-compte/documents/{given(family, page('red'), samples.pdf()).public_id}/")
    assert OF_THE_PHOTOS in mixed
    given_as_pdf = given(family, samples.pdf())
    assert "en PDF" not in read(client, f"/mon-compte/documents/{given_as_pdf.public_id}/")
    assert client.get(address(given_as_pdf)).status_code == 404


def test_agents_take_it_and_the_family_reads_so(family):
    document = given(family, page("red"))
    client = agent_client()
    assert BUTTON in read(client, f"/gestion/documents/{document.public_id}/")

    answer = client.get(address(document, "/gestion"), headers={"range": "bytes=0-4"})
    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, b"%PDF-")
    assert answer.headers["Content-Disposition"].endswith(".pdf")
    assert Line.objects.filter(kind="documents.taken_own").exists()


def test_nobody_else_takes_it(family):
    document = given(family, page("red"))

    assert family.client(family.antoine).get(address(document)).status_code == 404
    assert family.client(family.lea).get(address(document)).status_code == 404


def test_it_waits_for_the_virus_scanner_as_its_photos_do(family, settings):
    with scanner.running() as clam:
        settings.SCANNER_URL = clam.url
        document = given(family, page("red"))
        assert "en PDF" not in read(family.client(family.camille), f"/mon-compte/documents/{document.public_id}/")
        assert family.client(family.camille).get(address(document)).status_code == 404


def test_when_all_are_at_work_the_page_says_to_come_back(family, monkeypatch):
    document = given(family, page("red"))
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr(children, "turn", lambda: turns.turn(patience=0))
    with ExitStack() as held:
        for _number in range(AT_ONCE):
            held.enter_context(turns.turn(patience=0))
        answer = family.client(family.camille).get(address(document), follow=True)

    assert "Réessayez dans une minute." in answer.content.decode()
    assert not Line.objects.filter(kind__startswith="documents.taken").exists()


def test_what_can_not_be_made_is_said_and_the_photos_are_there(family, monkeypatch):
    document = given(family, page("red"))
    monkeypatch.setattr(children, "SECONDS", 0.05)
    answer = family.client(family.camille).get(address(document), follow=True)

    assert "Téléchargez les photos une par une." in answer.content.decode()
    assert File.objects.count() == 1


def test_it_goes_with_an_identity_paper_that_was_checked(family):
    upload = sent(family, family.camille, content=page("red"), name="recto.jpg")
    document = give(family, family.camille, "identity", about=family.camille, files=[upload])
    taken(family, document)
    document.refresh_from_db()
    judging.judge(document, verdict=Verdict.ACCEPTED, by=AGENT, at=document.given_at)

    assert not File.objects.exists()


def test_ten_large_photos_are_bound_in_time(family):
    """As phones take them, and more detailed than any page."""
    noise = Image.effect_noise((4000, 3000), 60).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=60)
    document = given(family, *[out.getvalue()] * 10)

    assert len(pypdfium2.PdfDocument(taken(family, document))) == 10
