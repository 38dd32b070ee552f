"""A file is taken away whole, or from where the line broke, and runs nowhere."""

import re
from urllib.parse import unquote

import pytest
from django.utils import timezone

from tests.documents.giving import give, sent
from tests.household.families import agent_client
from tests.vault import samples
from xpassfam.documents.models import Document
from xpassfam.vault import storage
from xpassfam.vault.actions import keep
from xpassfam.vault.models import File
from xpassfam.vault.sealing import PIECE, TAG

pytestmark = pytest.mark.django_db
CONTENT = bytes(number % 251 for number in range(3 * PIECE + 1000))
SIZE = len(CONTENT)


@pytest.fixture
def document(family) -> Document:
    """Of a file whose every byte is known."""
    document = give(family, family.camille, "tax_notice", about=family.camille)
    file = keep([CONTENT], name="a.pdf", media_type=File.MediaType.PDF, pages=1, at=timezone.now())
    document.attached.update(file=file)
    return document


@pytest.fixture
def take(family, document):
    client = family.client(family.camille)

    def take(**headers: str):
        return client.get(f"/mon-compte/documents/{document.public_id}/fichier/1/", headers=headers)

    return take


def content(answer) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-", 0, SIZE - 1),
        (f"bytes={PIECE - 1}-{PIECE}", PIECE - 1, PIECE),
        (f"bytes={2 * PIECE + 7}-", 2 * PIECE + 7, SIZE - 1),
        (f"bytes=5-{10**9}", 5, SIZE - 1),
        ("bytes=-10", SIZE - 10, SIZE - 1),
        (f"bytes=-{10**9}", 0, SIZE - 1),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
    ],
)
def test_a_part_is_given_as_it_is_asked_for(take, asked, first, last):
    answer = take(range=asked)

    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert answer.headers["Content-Length"] == str(last - first + 1)
    assert content(answer) == CONTENT[first : last + 1]


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={10**17}-{10**17}", "bytes=-0"])
def test_what_lies_past_the_end_is_not_there(take, asked):
    answer = take(range=asked)

    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize(
    "asked", ["bytes=5-2", "bytes=0-1,4-5", "bytes=-", "pages=1-2", "bytes=a-b", "bytes=" + "9" * 40]
)
def test_what_is_not_understood_is_answered_by_the_whole(take, asked):
    answer = take(range=asked)

    assert answer.status_code == 200
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert content(answer) == CONTENT


def test_a_part_is_of_the_same_file_or_it_is_the_whole(take, family):
    tag = take().headers["ETag"]

    assert take(range="bytes=5-9", **{"if-range": tag}).status_code == 206
    for other in ('"another"', f"W/{tag}", "Sun, 29 Nov 2026 10:00:00 GMT"):
        assert take(range="bytes=5-9", **{"if-range": other}).status_code == 200


def test_only_the_pieces_that_hold_the_part_are_read(take, document):
    """What is damaged elsewhere does not matter to it."""
    file = document.attached.get().file
    place = storage.current()
    sealed = bytearray(place.read(file.storage_name, 0, 10**6))
    sealed[10] ^= 1
    place.put(file.storage_name, [bytes(sealed)])

    assert content(take(range=f"bytes={PIECE}-{PIECE + 9}")) == CONTENT[PIECE : PIECE + 10]
    assert len(sealed) == 4 + SIZE + 4 * TAG


@pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-9"}, {"range": f"bytes={SIZE}-"}])
def test_whatever_is_answered_runs_nowhere_and_is_kept_by_no_one(take, headers):
    answer = take(**headers)

    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policy = answer.headers["Content-Security-Policy"]
    assert {"default-src 'none'", "frame-ancestors 'none'", "sandbox"} <= set(policy.split("; "))
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "no-store" in answer.headers["Cache-Control"]


def test_its_name_is_in_french(take):
    """RFC 6266: in the form that every browser of today reads."""
    found = re.fullmatch(r"attachment; filename\*=utf-8''(.+)", take().headers["Content-Disposition"])

    assert re.fullmatch(r"Avis d’impôt, Camille .+, \d{4}-\d\d-\d\d\.pdf", unquote(found[1]))


def test_agents_take_parts_too_and_a_head_is_no_part(document):
    address = f"/gestion/documents/{document.public_id}/fichier/1/"

    assert agent_client().get(address, headers={"range": "bytes=0-9"}).status_code == 206
    answer = agent_client().head(address, headers={"range": "bytes=0-9"})
    assert (answer.status_code, answer.headers["Content-Length"]) == (200, str(SIZE))


def test_a_photo_is_an_attachment_too(family):
    document = give(family, family.camille, files=[sent(family, family.camille, content=samples.photo())])
    answer = family.client(family.camille).get(f"/mon-compte/documents/{document.public_id}/fichier/1/")

    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
