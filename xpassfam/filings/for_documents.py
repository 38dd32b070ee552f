"""What the pages of documents say of filings: which ones a document served for."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils import timezone

from xpassfam.documents.models import Document
from xpassfam.documents.uses import Use, declare
from xpassfam.filings import archives
from xpassfam.filings.agents.situation import state_of
from xpassfam.filings.family.situation import situation
from xpassfam.filings.models import Filing, Piece
from xpassfam.filings.states import CHECKING
from xpassfam.people.access import ActingAccess


@declare
def uses(documents: Sequence[Document], access: ActingAccess | None) -> Mapping[int, Sequence[Use]]:
    """What was sent; drafts say nothing yet. Two queries, whatever there is; three for agents."""
    filings = Filing.objects.visible_to(access) if access else Filing.objects.all()
    rows = Piece.objects.filter(document__in=documents, filing__in=filings.exclude(reference=None))
    # One document may be given for two questions of one filing.
    served: dict[tuple[int, int], bool] = {}
    for document, filing, replaced_at in rows.values_list("document", "filing", "replaced_at"):
        served[document, filing] = served.get((document, filing), False) or replaced_at is None
    known = filings.select_related("procedure_version__procedure").in_bulk({filing for _document, filing in served})
    of_agents = Filing.objects.filter(pk__in=known) if access is None else Filing.objects.none()
    set_aside = set(archives.archived(of_agents, at=timezone.now()).values_list("pk", flat=True))
    found: dict[int, list[Use]] = {}
    for (document, filing), still_serves in served.items():
        found.setdefault(document, []).append(
            _use(known[filing], access, still_serves=still_serves, is_archived=filing in set_aside)
        )
    return found


def _use(filing: Filing, access: ActingAccess | None, *, still_serves: bool, is_archived: bool) -> Use:
    at = filing.filed_at or filing.saved_at
    if access is None:
        address = reverse("filings:agents-filing", args=[filing.public_id])
        note, is_checking = f"{filing.reference}, {state_of(filing).text}", still_serves and filing.status in CHECKING
        return Use(filing.title, note, address, at, is_checking, filing.public_id if is_archived else "")
    word = situation(filing, on=access.on, is_contested=False).word
    return Use(filing.title, f"{filing.reference}, {word}", reverse("filings:filing", args=[filing.public_id]), at)
