"""The documents that a filing asks a family for: what was given, what may serve again, what is still to bring."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from xpassfam.documents.kinds import About, Kind, kinds
from xpassfam.documents.models import Document
from xpassfam.documents.shown import Shown, shown
from xpassfam.filings.models import Filing, Piece
from xpassfam.organisation.calendar import is_working
from xpassfam.people.access import ActingAccess
from xpassfam.procedures.answers import PieceAsked
from xpassfam.procedures.language import Piece as AskedPiece
from xpassfam.rules.time_limits import due_on

# Of what a family gave, how much is looked through for something that may serve again.
MOST_KNOWN = 200
ANY = "other"


@dataclass(frozen=True)
class Given:
    piece: Piece
    shown: Shown

    @property
    def files(self) -> list[str]:
        return [attached.file.name for attached in self.piece.document.attached.all()]


@dataclass(frozen=True)
class Entry:
    """`number` names it in the page. `offer`: what the family gave before and need not give again."""

    number: int
    asked: PieceAsked
    kinds: tuple[Kind, ...]
    given: tuple[Given, ...] = ()
    offer: Document | None = None
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

    def is_recent(self, document: Document, *, access: ActingAccess) -> bool:
        age = self.piece.max_age
        return age is None or due_on(age, start=document.issued_on, is_working=is_working) >= access.on

    def person_for(self, kind: Kind, access: ActingAccess) -> str | None:
        """Whose a document of this kind is: a public identifier, None for the whole home."""
        if kind.about is About.HOME:
            return None
        return self.asked.person or (access.person if kind.about is About.PERSON else None)

    def takes(self, document: Document, *, access: ActingAccess) -> bool:
        """Whether this one, given before, is what is asked for."""
        kind = next((one for one in self.kinds if one.code == document.kind), None)
        if kind is None or not kind.is_reusable or not self.is_recent(document, access=access):
            return False
        whose = document.person.public_id if document.person else None
        wanted = self.person_for(kind, access)
        return whose == wanted or (wanted is None and whose == access.person)


def entries(
    filing: Filing, asked: Iterable[PieceAsked], access: ActingAccess, *, given: Sequence[Piece] | None = None
) -> list[Entry]:
    """Four queries, whatever is asked. `given`: the pieces that count as given, all of the filing by default."""
    rows = [_entry(number, one) for number, one in enumerate(asked, 1)]
    pieces = pieces_of(filing) if given is None else given
    by_key: dict[str, list[Given]] = {}
    for piece in pieces:
        by_key.setdefault(piece.key, []).append(Given(piece, shown(piece.document, on=access.on)))
    rows = [replace(row, given=tuple(by_key.get(row.key, ())), missing=filing.missing.get(row.key)) for row in rows]
    return _with_offers(rows, access)


def pieces_of(filing: Filing) -> list[Piece]:
    """What was given and still counts, with its files. Two queries."""
    rows = filing.pieces.filter(replaced_at=None).select_related("document__person", "document__given_by")
    return list(rows.prefetch_related("document__attached__file"))


def asked_again(filing: Filing, keys: Sequence[str]) -> list[PieceAsked]:
    """Pieces of a filing that was sent, as they were asked for that day; one the definition no longer has is left."""
    known: Mapping[str, AskedPiece] = {piece.key: piece for piece in filing.definition.pieces}
    return [
        PieceAsked(one["key"], known[one["piece"]], one["label"], one["person"])
        for one in filing.asked
        if one["key"] in keys and one["piece"] in known
    ]


def _entry(number: int, asked: PieceAsked) -> Entry:
    """A kind that the organisation has given up since is any document."""
    known = tuple(kinds()[code] for code in asked.piece.kinds if code in kinds())
    return Entry(number, asked, known or (kinds()[ANY],))


def _with_offers(rows: list[Entry], access: ActingAccess) -> list[Entry]:
    wanted = {kind.code for row in rows if not row.given for kind in row.kinds if kind.is_reusable}
    if not wanted:
        return rows
    good = Document.objects.visible_to(access).good_on(access.on).filter(kind__in=wanted)
    good = good.select_related("person", "given_by").prefetch_related("attached__file").order_by("-given_at", "-pk")
    known = list(good[:MOST_KNOWN])
    return [row if row.given else replace(row, offer=_first(row, known, access)) for row in rows]


def _first(row: Entry, known: Iterable[Document], access: ActingAccess) -> Document | None:
    return next((document for document in known if row.takes(document, access=access)), None)
