"""Which document, given before, is what a piece asks for: what is still good is not asked again."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import QuerySet

from xpassfam.documents.kinds import About, Kind, kinds
from xpassfam.documents.models import Document, Verdict
from xpassfam.organisation.calendar import is_working
from xpassfam.people.access import ActingAccess
from xpassfam.procedures.answers import PieceAsked
from xpassfam.procedures.models import Procedure
from xpassfam.rules.time_limits import due_on

# Of what a family gave, how much is looked through for something that may serve again.
MOST_KNOWN = 200
ANY = "other"


def kinds_of(asked: PieceAsked) -> tuple[Kind, ...]:
    """A kind that the organisation has given up since is any document."""
    known = tuple(kinds()[code] for code in asked.piece.kinds if code in kinds())
    return known or (kinds()[ANY],)


def whose(asked: PieceAsked, kind: Kind, access: ActingAccess) -> str | None:
    """Whom a document of this kind is about here: a public identifier, None for the whole home."""
    if kind.about is About.HOME:
        return None
    return asked.person or (access.person if kind.about is About.PERSON else None)


def fits(document: Document, asked: PieceAsked, access: ActingAccess) -> bool:
    """Whether this one, good and given before, is what is asked for."""
    kind = next((one for one in kinds_of(asked) if one.code == document.kind), None)
    if kind is None or not kind.is_reusable or not _is_recent(document, asked, access):
        return False
    about, wanted = document.person.public_id if document.person else None, whose(asked, kind, access)
    if asked.issued_on not in (None, document.issued_on):
        return False
    return about == wanted or (wanted is None and about == access.person)


def newest(
    asked: Iterable[PieceAsked], access: ActingAccess, *, besides: Collection[int] = ()
) -> Mapping[str, Document]:
    """What may serve again, by the key of the piece; documents named in `besides` don't. Two queries at most.

    A piece that must be new has nothing of before.
    """
    wanted = [one for one in asked if one.piece.reuse]
    codes = {kind.code for one in wanted for kind in kinds_of(one) if kind.is_reusable}
    if not codes:
        return {}
    known = list(_good(access).filter(kind__in=codes).exclude(pk__in=besides)[:MOST_KNOWN])
    found = {one.key: next((document for document in known if fits(document, one, access)), None) for one in wanted}
    return {key: document for key, document in found.items() if document}


def kinds_asked() -> set[str]:
    """Codes of the kinds that some procedure, open to families today, asks for. One query."""
    procedures = Procedure.objects.published().filter(is_open=True)
    return {code for one in procedures for piece in one.definition.pieces for code in piece.kinds}


def serves_by_itself(document: Document) -> bool:
    """What an agent accepted, and is still good, is used without being asked for. What nobody looked at is offered, and
    what was given for a private request, which others of the home might read of, too.
    """
    return document.verdict == Verdict.ACCEPTED and not document.is_private


def _good(access: ActingAccess) -> QuerySet[Document]:
    good = Document.objects.visible_to(access).good_on(access.on).as_shown()
    return good.prefetch_related("attached__file").order_by("-given_at", "-pk")


def _is_recent(document: Document, asked: PieceAsked, access: ActingAccess) -> bool:
    age = asked.piece.max_age
    return age is None or due_on(age, start=document.issued_on, is_working=is_working) >= access.on
