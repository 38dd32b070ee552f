"""The documents that a filing asks a family for: what was given, what may serve again, what is still to bring."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from xpassfam.documents.kinds import Kind
from xpassfam.documents.models import Document
from xpassfam.documents.shown import Shown, shown
from xpassfam.filings import given_once
from xpassfam.filings.asking import GOOD_HERE
from xpassfam.filings.models import Filing, Piece
from xpassfam.people.access import ActingAccess
from xpassfam.procedures.answers import PieceAsked
from xpassfam.procedures.language import Piece as AskedPiece


@dataclass(frozen=True)
class Given:
    piece: Piece
    shown: Shown

    @property
    def files(self) -> list[str]:
        return [attached.file.name for attached in self.piece.document.attached.all()]


@dataclass(frozen=True)
class Entry:
    """`number` names it in the page. `offer`: what the family gave before and need not give again; where it
    `is_served`, it serves without a word.
    """

    number: int
    asked: PieceAsked
    kinds: tuple[Kind, ...]
    given: tuple[Given, ...] = ()
    offer: Document | None = None
    is_served: bool = False
    missing: str | None = None

    @property
    def key(self) -> str:
        return self.asked.key

    @property
    def piece(self) -> AskedPiece:
        return self.asked.piece

    @property
    def prefix(self) -> str:
        return f"p{self.number}"

    @property
    def needs_nothing(self) -> bool:
        return bool(self.given) or self.is_served


def entries(
    filing: Filing, asked: Iterable[PieceAsked], access: ActingAccess, *, given: Sequence[Piece] | None = None
) -> list[Entry]:
    """Four queries, whatever is asked. `given`: the pieces that count as given, all of the filing by default."""
    rows = [Entry(number, one, given_once.kinds_of(one)) for number, one in enumerate(asked, 1)]
    pieces = pieces_of(filing) if given is None else given
    by_key: dict[str, list[Given]] = {}
    for piece in pieces:
        by_key.setdefault(piece.key, []).append(Given(piece, shown(piece.document, on=access.on)))
    rows = [replace(row, given=tuple(by_key.get(row.key, ())), missing=filing.missing.get(row.key)) for row in rows]
    return _with_offers(filing, rows, access)


def pieces_of(filing: Filing) -> list[Piece]:
    """What was given and still counts, with its files. Two queries."""
    rows = filing.pieces.filter(replaced_at=None)
    rows = rows.select_related("document__person", "document__given_by", "document__replaced_by")
    return list(rows.prefetch_related("document__attached__file"))


def asked_again(filing: Filing, keys: Sequence[str]) -> list[PieceAsked]:
    """Pieces of a filing that was sent, as they were asked for that day; one the definition no longer has is left."""
    known: Mapping[str, AskedPiece] = {piece.key: piece for piece in filing.definition.pieces}
    return [
        PieceAsked(one["key"], known[one["piece"]], one["label"], one["person"])
        for one in filing.asked
        if one["key"] in keys and one["piece"] in known
    ]


def _with_offers(filing: Filing, rows: list[Entry], access: ActingAccess) -> list[Entry]:
    """What was given here already, or in what this one corrects, and did not do is not offered again, nor does anything
    older by itself.
    """
    wanted = [row.asked for row in rows if not row.given]
    if not wanted:
        return rows
    used = list(_used(filing).values_list("key", "document"))
    keys = {key for key, _document in used}
    found = given_once.newest(wanted, access, besides={document for _key, document in used})
    return [_offered(row, found.get(row.key), is_first=row.key not in keys) for row in rows]


def _used(filing: Filing) -> QuerySet[Piece]:
    if not filing.is_draft:
        return filing.pieces.all()
    if filing.corrects_id is None:
        return Piece.objects.none()
    return Piece.objects.filter(filing=filing.corrects_id).exclude(verdict__in=GOOD_HERE)


def _offered(row: Entry, document: Document | None, *, is_first: bool) -> Entry:
    if row.given or document is None:
        return row
    return replace(row, offer=document, is_served=is_first and given_once.serves_by_itself(document))
