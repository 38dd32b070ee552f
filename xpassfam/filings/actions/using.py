"""A document serves for a filing: one that was just given, or one that the family gave before."""

from collections.abc import Iterable
from datetime import datetime

from xpassfam.documents.models import NO_GOOD, Document, Verdict
from xpassfam.filings import given_once
from xpassfam.filings.holding import NotAllowed
from xpassfam.filings.models import Filing, Piece
from xpassfam.people.access import ActingAccess
from xpassfam.procedures.answers import PieceAsked


def give(
    filing: Filing, *, key: str, document: Document, is_reused: bool, access: ActingAccess, at: datetime
) -> tuple[Piece, bool]:
    """As `use`, what somebody gives: theirs to read, and still good. Raise NotAllowed."""
    known = filing.pieces.filter(key=key, document=document).first()
    # Held: one that nobody was to check any more is not erased meanwhile; what was erased first is found no good.
    theirs = Document.objects.visible_to(access).filter(pk=document.pk).select_for_update(of=("self",)).first()
    if theirs is None or (known is None and theirs.verdict in NO_GOOD):
        raise NotAllowed
    return (known, False) if known else use(filing, key=key, document=theirs, is_reused=is_reused, at=at)


def use(filing: Filing, *, key: str, document: Document, is_reused: bool, at: datetime) -> tuple[Piece, bool]:
    """Of a held filing, in the caller's transaction; the same twice is one. Whether it is new comes with it.

    Of what was checked then erased nobody has anything to look at: its verdict holds here too.
    """
    facts = {"is_reused": is_reused, "added_at": at}
    if document.erased_at and document.verdict == Verdict.ACCEPTED:
        facts |= {"verdict": Piece.Verdict.ACCEPTED, "judged_at": at, "judged_by": document.verdict_by}
    return Piece.objects.get_or_create(filing=filing, key=key, document=document, defaults=facts)


def keep_private(filing: Filing) -> None:
    """A held filing, for its caller to save, becomes its filer's alone, and so do the documents given for it."""
    filing.is_private = True
    given = filing.pieces.filter(is_reused=False).values("document")
    Document.objects.filter(pk__in=given, given_by=filing.filed_by_id).update(is_private=True)


def use_what_is_known(filing: Filing, asked: Iterable[PieceAsked], *, access: ActingAccess, at: datetime) -> None:
    """Of a held filing: what was accepted before and is still good serves for pieces that nothing was given for."""
    given = set(filing.pieces.values_list("key", flat=True))
    for key, document in given_once.newest([one for one in asked if one.key not in given], access).items():
        if given_once.serves_by_itself(document):
            use(filing, key=key, document=document, is_reused=True, at=at)
            filing.missing.pop(key, None)
