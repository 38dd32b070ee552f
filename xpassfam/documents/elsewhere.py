"""The same file, given by another home too: told to agents, never to families.

A forged paper serves more than once; two parents who live apart honestly give one judgment. It is told, and refuses
nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Q, Value, When
from django.urls import reverse

from xpassfam.documents.actions.giving import MOST_FILES
from xpassfam.documents.models import Attached, Document
from xpassfam.documents.uses import uses_of

MOST = 100  # a form that everybody downloads is given by every home


@dataclass(frozen=True)
class Twin:
    """Of another home. `url` is empty as long as it served nothing that was sent to us: a draft is its writer's."""

    home: str
    url: str


def given_elsewhere(documents: Sequence[Document]) -> dict[int, list[Twin]]:
    """By the key of the document, one a home. One query, and three more at most where there are any."""
    home_of = {document.pk: document.household_id for document in documents}
    alike = _alike(list(home_of))
    found: dict[int, dict[int, Document]] = {}
    for one in alike:
        for other in alike if one.document_id in home_of else ():
            home = other.document.household_id
            if other.file.received == one.file.received and home != home_of[one.document_id]:
                found.setdefault(one.document_id, {}).setdefault(home, other.document)
    uses = uses_of([twin for homes in found.values() for twin in homes.values()], None)
    return {key: [_told(twin, bool(uses[twin.pk])) for twin in homes.values()] for key, homes in found.items()}


def _told(twin: Document, is_sent: bool) -> Twin:
    url = reverse("documents:agents-document", args=[twin.public_id]) if is_sent else ""
    return Twin(str(twin.household.name), url)


def _alike(keys: list[int]) -> list[Attached]:
    """Files that came the same as theirs: theirs first, then the latest."""
    came = ~Q(file__received="")  # as the index has it
    own = Attached.objects.filter(came, document__in=keys)
    rows = Attached.objects.filter(came, file__received__in=own.values("file__received"))
    theirs = Case(When(document__in=keys, then=Value(0)), default=Value(1))
    return list(
        rows.select_related("file", "document__household").order_by(theirs, "-pk")[: MOST + MOST_FILES * len(keys)]
    )
