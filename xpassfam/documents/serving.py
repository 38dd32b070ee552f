"""A document on its way to a browser: its pages as pictures, its files by their names. Nothing of it runs there."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.documents.actions.binding import as_pdf
from xpassfam.documents.attaching import POLICY, attachment
from xpassfam.documents.models import Attached, Document
from xpassfam.vault import binding, drawing, turns, words
from xpassfam.vault.models import File
from xpassfam.vault.reading import NotReady

WIDTH = 1200
RETRY_SECONDS = 5


@dataclass(frozen=True)
class Leaf:
    """A page of a document: `number` runs over all its files, which have `count`; `page` within one.

    `url`: where its picture is.
    """

    number: int
    count: int
    file: File
    page: int
    url: str


@dataclass(frozen=True)
class Part:
    """A file of a document, as it is downloaded from `url`."""

    number: int
    name: str
    sort: str
    file: File
    url: str


def leaves(document: Document, *, route: str = "documents:page") -> list[Leaf]:
    """Every page that may be read, file after file. One query, unless the files were fetched before.

    A page keeps its number whatever the others wait for.
    """
    files = [one.file for one in document.attached.all()]
    spread = [(file, page) for file in files for page in range(1, file.pages + 1)]
    return [
        Leaf(number, len(spread), file, page, reverse(route, args=[document.public_id, number]))
        for number, (file, page) in enumerate(spread, 1)
        if file.is_ready
    ]


def parts(document: Document, *, route: str = "documents:file") -> list[Part]:
    held: list[Attached] = list(document.attached.all())
    return [
        Part(
            number,
            file_name(document, one.file, number, len(held)),
            words.sort(one.file),
            one.file,
            reverse(route, args=[document.public_id, number]),
        )
        for number, one in enumerate(held, 1)
    ]


@dataclass(frozen=True)
class Bound:
    """The photos of a document as one PDF, and whether they are all of it."""

    url: str
    is_whole: bool


def bound(document: Document, *, route: str = "documents:pdf") -> Bound | None:
    """None where there is no photo, or one may not be read yet. One query, unless the files were fetched before."""
    files = [one.file for one in document.attached.all()]
    photos = [file for file in files if file.is_image]
    if not photos or not all(photo.is_ready for photo in photos):
        return None
    return Bound(reverse(route, args=[document.public_id]), is_whole=len(photos) == len(files))


def pdf(request: HttpRequest, document: Document, *, page: str) -> HttpResponseBase:
    """That PDF, made if need be; else back to the document's page, which says why. Raise Http404 where none is."""
    try:
        file = as_pdf(document, at=timezone.now())
    except turns.Busy:
        messages.warning(request, _("Beaucoup de fichiers s’ouvrent en ce moment. Réessayez dans une minute."))
        return redirect(page, document.public_id)
    except binding.CannotBind:
        messages.warning(request, _("Ce PDF n’a pas pu se faire. Téléchargez les photos une par une."))
        return redirect(page, document.public_id)
    if file is None:
        raise Http404
    return attachment(request, file, name=file_name(document, file, 1, 1))


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
        drawn = drawing.draw(leaf.file, number=leaf.page, width=WIDTH)
    except NotReady:
        raise Http404 from None
    except turns.Busy:
        # A picture has no words: the page around it has.
        return HttpResponse(status=503, headers={"Retry-After": str(RETRY_SECONDS)})
    return HttpResponse(drawn, content_type=drawing.MEDIA_TYPE, headers={"Content-Security-Policy": POLICY})


def part_of(document: Document, number: int) -> Part:
    part = next((one for one in parts(document) if one.number == number), None)
    if part is None:
        raise Http404
    return part
