"""A document on its way to a browser: its pages as pictures, its files as attachments. Nothing of it runs there."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from xpassfam.documents.models import Attached, Document
from xpassfam.vault import pages, turns, words
from xpassfam.vault.models import File
from xpassfam.vault.reading import chunks

POLICY = "default-src 'none'; sandbox"
WIDTH = 1200
RETRY_SECONDS = 5


@dataclass(frozen=True)
class Leaf:
    """A page of a document: `number` runs over all its files, `page` within one. `url`: where its picture is."""

    number: int
    file: File
    page: int
    url: str


@dataclass(frozen=True)
class Part:
    """A file of a document, as it is downloaded."""

    number: int
    name: str
    sort: str
    file: File


def leaves(document: Document, *, route: str = "documents:page") -> list[Leaf]:
    """Every page, file after file. One query, unless the files were fetched before."""
    spread = [(part.file, page) for part in parts(document) for page in range(1, part.file.pages + 1)]
    return [
        Leaf(number, file, page, reverse(route, args=[document.public_id, number]))
        for number, (file, page) in enumerate(spread, 1)
    ]


def parts(document: Document) -> list[Part]:
    held: list[Attached] = list(document.attached.all())
    return [
        Part(number, file_name(document, one.file, number, len(held)), words.sort(one.file), one.file)
        for number, one in enumerate(held, 1)
    ]


def file_name(document: Document, file: File, number: int, count: int) -> str:
    """« Avis d’impôt, Camille Martin, 2026-08-04 (1 sur 2).pdf »."""
    whose = str(document.person) if document.person else ""
    stem = ", ".join(filter(None, [document.described.label, whose, document.issued_on.isoformat()]))
    which = _(" ({n} sur {count})").format(n=number, count=count) if count > 1 else ""
    return f"{stem}{which}".replace("/", "-") + "." + file.name.rpartition(".")[2]


def picture(document: Document, number: int) -> HttpResponse:
    leaf = next((one for one in leaves(document) if one.number == number), None)
    if leaf is None:
        raise Http404
    try:
        drawn = pages.draw(leaf.file, number=leaf.page, width=WIDTH)
    except turns.Busy:
        # A picture has no words: the page around it has.
        return HttpResponse(status=503, headers={"Retry-After": str(RETRY_SECONDS)})
    return HttpResponse(drawn, content_type=pages.MEDIA_TYPE, headers={"Content-Security-Policy": POLICY})


def part_of(document: Document, number: int) -> Part:
    part = next((one for one in parts(document) if one.number == number), None)
    if part is None:
        raise Http404
    return part


def attachment(part: Part) -> StreamingHttpResponse:
    content = chunks(part.file)
    # What is missing or damaged is known before anything is promised.
    whole: Iterator[bytes] = chain([next(content)], content)
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=part.name) or "attachment",
        "Content-Length": str(part.file.size),
        "Content-Security-Policy": POLICY,
    }
    return StreamingHttpResponse(whole, content_type=part.file.media_type, headers=headers)
