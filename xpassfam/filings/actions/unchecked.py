"""Papers that are checked, then erased: one that nobody will check any more is erased as well.

Its request ended without a word on it; or it was given in advance, and its time has passed.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from xpassfam.documents.actions import judging
from xpassfam.documents.models import Document
from xpassfam.filings.models import Piece
from xpassfam.filings.states import CHECKING, Status

BATCH = 500


def erase_of_ended(*, at: datetime, most: int = BATCH) -> int:
    """Those that served, where every request that they served has ended; return how many."""
    served = Piece.objects.filter(document=OuterRef("pk"))
    return _erase(_serving_nothing().filter(Exists(served))[:most], at=at)


def given_before(before: datetime) -> QuerySet[Document]:
    """Those that wait since then, and that no request under way holds."""
    return _serving_nothing().filter(given_at__lt=before)


def erase_given_before(before: datetime, *, at: datetime) -> int:
    return _erase(given_before(before), at=at)


def _serving_nothing() -> QuerySet[Document]:
    serves = Piece.objects.filter(document=OuterRef("pk"), replaced_at=None)
    under_way = serves.filter(filing__status__in=[Status.DRAFT, *CHECKING])
    return Document.objects.to_erase_once_checked().filter(~Exists(under_way)).order_by("pk")


def _erase(documents: QuerySet[Document], *, at: datetime) -> int:
    return sum(_erase_one(document, at=at) for document in list(documents))


def _erase_one(document: Document, *, at: datetime) -> bool:
    """Unless it was given for a request since the list was made: whoever gives it holds it."""
    with transaction.atomic():
        held = Document.objects.select_for_update().get(pk=document.pk)
        return _serving_nothing().filter(pk=held.pk).exists() and judging.erase_unchecked(held, at=at)
