"""What comes in is what its content is, made harmless; the rest is refused, with the reason."""

import io
import tracemalloc

import pikepdf
import pytest
from django.utils import timezone
from PIL import Image

from tests.vault import samples
from xpassfam.vault.actions import Refused, receive
from xpassfam.vault.limits import MOST_BYTES, MOST_PAGES
from xpassfam.vault.models import File
from xpassfam.vault.reading import chunks

pytestmark = pytest.mark.django_db


def take(content: bytes, name: str = "document") -> File:
    return receive([content], name=name, at=timezone.now())


def content_of(file: File) -> bytes:
    return b"".join(chunks(file))


def refusal(content: bytes, name: str = "document.pdf") -> str:
    with pytest.raises(Refused) as refused:
        take(content, name)
    assert not File.objects.exists()
    return refused.value.code


@pytest.mark.parametrize(
    ("content", "media_type", "ending"),
    [
        (samples.pdf(), "application/pdf", ".pdf"),
        (samples.photo(), "image/jpeg", ".jpg"),
        (samples.photo("PNG"), "image/png", ".png"),
        (samples.heic(), "image/jpeg", ".jpg"),
    ],
    ids=["pdf", "jpeg", "png", "heic"],
)
def test_a_file_is_what_its_content_is_whatever_its_name(content, media_type, ending):
    file = take(content, "facture.exe")

    assert (file.media_type, file.name, file.pages) == (media_type, f"facture{ending}", 1)
    assert file.size == len(content_of(file))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"just words", "format"),
        (b"MZ\x90\x00" + b"\x00" * 200, "format"),
        (b"GIF89a" + b"\x00" * 200, "format"),
        (b"PK\x03\x04" + b"\x00" * 200, "format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "format"),
        (b"\x00\x00\x00\x1cftypavif" + b"\x00" * 200, "format"),
        (samples.pdf()[:200], "unreadable"),
        (samples.photo(width=600, height=400)[:-1500], "unreadable"),
        (samples.photo("PNG", width=600, height=400)[:-300], "unreadable"),
        (samples.heic()[:-200], "unreadable"),
        # The child gives up before it has read all of it.
        (samples.heic(width=640, height=480)[:-300], "unreadable"),
        (samples.heic()[:24] + bytes(range(256)) * 12, "unreadable"),
        (b"%PDF-1.7\n" + b"\x00" * 3000, "unreadable"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 3000, "unreadable"),
        (samples.encrypted(to_open="secret"), "encrypted"),
        (samples.pdf(MOST_PAGES + 1), "too_many_pages"),
        (samples.huge_png(), "too_many_pixels"),
        (b"%PDF-1.7" + b" " * MOST_BYTES, "too_big"),
    ],
)
def test_what_can_not_be_taken_says_why(content, code):
    assert refusal(content) == code


def test_a_pdf_that_only_forbids_printing_is_taken_and_no_longer_locked():
    """Whoever has the file reads it: so do tax notices and payslips."""
    file = take(samples.encrypted(to_open=""))

    with pikepdf.open(io.BytesIO(content_of(file))) as document:
        assert not document.is_encrypted


def test_a_pdf_is_written_anew_without_what_acts():
    content = content_of(take(samples.armed()))

    with pikepdf.open(io.BytesIO(content)) as document:
        told = b"".join(one.unparse(resolved=True) for one in document.objects)
        streams = b"".join(one.read_bytes() for one in document.objects if isinstance(one, pikepdf.Stream))
        assert len(document.pages) == 1
        assert not document.attachments
    for word in (b"zorglub", b"JavaScript", b"/Launch", b"SubmitForm", b"FileAttachment", b"/AA", b"OpenAction"):
        assert word not in told + streams, word
    assert b"www.caf.fr" in told


@pytest.mark.parametrize(
    ("address", "is_kept"),
    [
        ("https://www.caf.fr", True),
        ("HTTP://www.caf.fr", True),
        ("mailto:caf@example.org", True),
        ("file:///etc/passwd", False),
        ("javascript:app.alert(1)", False),
        ("ms-msdt:/id", False),
        (" https://www.caf.fr", False),
        ("\u2028https://www.caf.fr", False),
    ],
)
def test_a_link_of_a_pdf_leads_to_the_web_or_a_mailbox(address, is_kept):
    content = content_of(take(samples.linked(address)))

    with pikepdf.open(io.BytesIO(content)) as document:
        action = document.pages[0].obj.Annots[0].get("/A", {})
        assert ("/URI" in action) is is_kept


def test_what_precedes_and_follows_a_pdf_is_left_behind():
    content = content_of(take(b"<script>zorglub</script>\n" + samples.pdf() + b"\nPK\x03\x04zorglub"))

    assert content.startswith(b"%PDF-")
    assert b"zorglub" not in content


def test_what_follows_a_photo_is_left_behind():
    assert b"zorglub" not in content_of(take(samples.photo() + b"<?php zorglub ?>"))


@pytest.mark.parametrize(
    "content", [samples.photo(), samples.photo("PNG"), samples.heic()], ids=["jpeg", "png", "heic"]
)
def test_a_photo_does_not_say_where_it_was_taken(content):
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(samples.GPS)
    kept = content_of(take(content))

    image = Image.open(io.BytesIO(kept))
    assert dict(image.getexif()) == {}
    assert b"Camera of Camille" not in kept


def test_a_photo_taken_sideways_stands_upright():
    kept = Image.open(io.BytesIO(content_of(take(samples.photo(width=60, height=40, orientation=6)))))

    assert kept.size == (40, 60)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P", "1", "CMYK"])
def test_every_sort_of_picture_is_drawn_on_white(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    out = io.BytesIO()
    samples.picture().convert(mode).save(out, kind)
    kept = Image.open(io.BytesIO(content_of(take(out.getvalue())))).convert("RGB")

    assert kept.size == (60, 40)
    assert min(kept.getpixel((50, 30))) > 240


@pytest.mark.parametrize(
    ("given", "called"),
    [
        ("IMG_1.HEIC", "IMG_1.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Camille\\avis d’impôt.pdf", "avis d’impôt.pdf"),
        ("", "document.pdf"),
        ("...", "document.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("facture\r\nSet-Cookie: a=b.pdf", "factureSet-Cookie: a=b.pdf"),
    ],
)
def test_a_name_is_only_a_name(given, called):
    assert take(samples.pdf(), given).name == called


def test_a_large_file_is_never_whole_in_our_memory():
    content = samples.written_large()
    pieces = [content[start : start + 65536] for start in range(0, len(content), 65536)]
    tracemalloc.start()
    file = receive(pieces, name="large.pdf", at=timezone.now())
    total = sum(len(chunk) for chunk in chunks(file))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert total > 8_000_000
    assert peak < 2_000_000
