"""What the pages of documents say of filings: which ones a document served for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils import timezone

from xpassfam.documents.models import Document
from xpassfam.documents.uses import Use, declare, declare_asker
from xpassfam.filings import archives
from xpassfam.filings.agents.situation import state_of
from xpassfam.filings.family.listing import lines_of
from xpassfam.filings.family.situation import situation
from xpassfam.filings.holding import may_act
from xpassfam.filings.models import Completion, Decision, Filing, Piece
from xpassfam.filings.states import CHECKING, Status
from xpassfam.people.access import ActingAccess, FamilyRequest


@declare
def uses(documents: Sequence[Document], access: ActingAccess | None) -> Mapping[int, Sequence[Use]]:
    """What was sent; drafts say nothing yet. Four queries at most, whatever there is."""
    filings = Filing.objects.visible_to(access) if access else Filing.objects.all()
    rows = Piece.objects.filter(document__in=documents, filing__in=filings.exclude(reference=None))
    # One document may be given for two questions of one filing: the keys for which it still counts.
    served: dict[tuple[int, int], set[str]] = {}
    for document, filing, key, replaced_at in rows.values_list("document", "filing", "key", "replaced_at"):
        served.setdefault((document, filing), set()).update([key] if replaced_at is None else [])
    known = filings.select_related("procedure_version__procedure").in_bulk({filing for _document, filing in served})
    awaited = _awaited([one for one in known.values() if may_act(one, access)]) if access else {}
    set_aside = _archived(known) if access is None and known else set()
    found: dict[int, list[Use]] = {}
    for (document, filing), keys in served.items():
        is_awaited = not keys.isdisjoint(awaited.get(filing, ()))
        use = _use(known[filing], access, still_serves=bool(keys), is_awaited=is_awaited)
        use = replace(use, archive=known[filing].public_id) if filing in set_aside else use
        found.setdefault(document, []).append(use)
    return found


def _archived(filings: Collection[int]) -> set[int]:
    rows = archives.archived(Filing.objects.filter(pk__in=filings), at=timezone.now())
    return set(rows.values_list("pk", flat=True))


@declare_asker
def asked_in_requests(request: FamilyRequest) -> set[str]:
    """What a request that waits for the family asks for again. One query, and none where none waits."""
    waiting = [line.filing for line in lines_of(request) if line.filing.status == Status.AWAITING_APPLICANT]
    theirs = [filing.pk for filing in waiting if may_act(filing, request.access)]
    if not theirs:
        return set()
    awaited = Completion.objects.open().filter(filing__in=theirs, filing__pieces__replaced_at=None)
    rows = awaited.values_list("pieces", "filing__pieces__key", "filing__pieces__document__public_id")
    return {document for keys, key, document in rows if key in keys}


def _awaited(filings: Collection[Filing]) -> dict[int, set[str]]:
    """Keys of the pieces that each waits for from the family: asked for by an agent, or of a reserve."""
    waiting = [one for one in filings if one.status in (Status.AWAITING_APPLICANT, Status.APPROVED_UNDER_RESERVE)]
    if not waiting:
        return {}
    asked = Completion.objects.open().filter(filing__in=waiting).values_list("filing", "pieces")
    reserved = Decision.objects.filter(filing__in=waiting, superseded_at=None).values_list("filing", "reserve")
    return {filing: set(keys) for filing, keys in [*asked, *reserved]}


def _use(filing: Filing, access: ActingAccess | None, *, still_serves: bool, is_awaited: bool) -> Use:
    at = filing.filed_at or filing.saved_at
    if access is None:
        address = reverse("filings:agents-filing", args=[filing.public_id])
        note, is_checking = f"{filing.reference}, {state_of(filing).text}", still_serves and filing.status in CHECKING
        return Use(filing.title, note, address, at, is_checking)
    word = situation(filing, on=access.on, is_contested=False).word
    page, again = (reverse(f"filings:{name}", args=[filing.public_id]) for name in ("filing", "complete"))
    return Use(filing.title, f"{filing.reference}, {word}", page, at, again_url=again if is_awaited else "")
