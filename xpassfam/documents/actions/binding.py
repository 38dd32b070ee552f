"""The photos of a document as one PDF: made when it is first asked for, then kept."""

from collections.abc import Iterator
from datetime import datetime
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from xpassfam.documents.models import Document
from xpassfam.vault import actions as vault
from xpassfam.vault import binding
from xpassfam.vault.models import File

CHUNK = 64 * 1024


def as_pdf(document: Document, *, at: datetime) -> File | None:
    """None where there is no photo, or one may not be read yet. Raise binding.CannotBind, turns.Busy."""
    photos = [one.file for one in document.attached.all() if one.file.is_image]
    if document.pdf or not photos or not all(photo.is_ready for photo in photos):
        return document.pdf
    with binding.bound(photos, _about(document, len(photos))) as made:
        name = f"{document.kind}.pdf"
        file = vault.keep(_read(made), name=name, media_type=File.MediaType.PDF, pages=len(photos), at=at)
    with transaction.atomic():
        held = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
        if held.pdf or held.erased_at:  # another was quicker, or it is gone
            vault.discard(file)
            return held.pdf
        held.pdf = file
        held.save(update_fields=["pdf"])
    return file


def _about(document: Document, count: int) -> binding.About:
    """In the portal's own language, as what families give is."""
    with translation.override(settings.LANGUAGE_CODE):
        whose = str(document.person) if document.person else ""
        title = ", ".join(filter(None, [document.described.label, whose, document.issued_on.isoformat()]))
        page = _("{title}, page {n} sur {count}")
        pages = [page.format(title=document.described.label, n=number, count=count) for number in range(1, count + 1)]
        return binding.About(title, settings.LANGUAGE_CODE, pages)


def _read(made: IO[bytes]) -> Iterator[bytes]:
    while chunk := made.read(CHUNK):
        yield chunk
