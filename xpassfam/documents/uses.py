"""Where documents served: the rooms above, which alone know, say so in their `for_documents`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from xpassfam.documents.models import Document
from xpassfam.people.access import ActingAccess, FamilyRequest


@dataclass(frozen=True)
class Use:
    """Something that a document served for. `note`: its reference and where it stands; `is_checking`: it is there that
    agents say what the document is worth; `again_url`: where the family gives another, as long as one is awaited;
    `archive`: its key among the archives, where it is one of them.
    """

    title: str
    note: str
    url: str
    at: datetime
    is_checking: bool = False
    archive: str = ""
    again_url: str = ""


# Of documents, by their key, what the reader may see of their uses; None reads as agents do.
Teller = Callable[[Sequence[Document], ActingAccess | None], Mapping[int, Sequence[Use]]]
_TELLERS: list[Teller] = []
# Of a family's first page, public ids of documents that something else on it asks for again.
Asker = Callable[[FamilyRequest], Collection[str]]
_ASKERS: list[Asker] = []


def declare(teller: Teller) -> Teller:
    _TELLERS.append(teller)
    return teller


def uses_of(documents: Sequence[Document], access: ActingAccess | None) -> dict[int, list[Use]]:
    """Newest first, by the key of the document. As many queries as there are rooms that tell."""
    found: dict[int, list[Use]] = {document.pk: [] for document in documents}
    for teller in _TELLERS:
        for key, uses in teller(documents, access).items():
            found[key] += uses
    return {key: sorted(uses, key=lambda use: use.at, reverse=True) for key, uses in found.items()}


def declare_asker(asker: Asker) -> Asker:
    _ASKERS.append(asker)
    return asker


def asked_elsewhere(request: FamilyRequest) -> set[str]:
    """What the first page asks for once already, where it is awaited."""
    return {public_id for asker in _ASKERS for public_id in asker(request)}
