"""Documents that go for good, with their files: their time has passed, or their home's has."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from xpassfam.documents.actions import uploading
from xpassfam.documents.models import Document, PendingUpload
from xpassfam.vault import actions as vault
from xpassfam.vault.models import File


def destroy(documents: Iterable[Document]) -> int:
    """Each in its own transaction: whatever stops it, the rest is found again. Nothing may use them any more."""
    count = 0
    for document in documents:
        with transaction.atomic():
            held = Document.objects.select_for_update(of=("self",)).filter(pk=document.pk).first()
            if held:
                _destroy(held)
                count += 1
    return count


def erase(homes: Sequence[int]) -> int:
    for upload in PendingUpload.objects.filter(household__in=homes).iterator():
        uploading.drop(upload)
    return destroy(Document.objects.filter(household__in=homes).order_by("pk"))


def _destroy(document: Document) -> None:
    files: list[File] = [attached.file for attached in document.attached.select_related("file")]
    files += [document.pdf] if document.pdf else []
    document.attached.all().delete()
    # What it had replaced stands alone again.
    Document.objects.filter(replaced_by=document).update(replaced_by=None)
    document.delete()
    for file in files:
        vault.discard(file)
