"""What a family gave and what it was sent, on one page: narrowed, and a page by key at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Subquery
from django.utils import timezone
from django.utils.functional import Promise

from xpassfam.certificates import letters as certificates
from xpassfam.documents.kinds import kinds
from xpassfam.documents.models import Document
from xpassfam.documents.shown import Shown, shown
from xpassfam.documents.uses import uses_of
from xpassfam.filings import letters as filings
from xpassfam.people.access import ActingAccess
from xpassfam.people.models import Household
from xpassfam.ui.gathering import Letter, LettersWanted

SIZE = 20
# Rooms whose letters the page lists; each has its `KINDS`, `letters` and `instants`.
SOURCES = (filings, certificates)
Key = tuple[datetime, str]


@dataclass(frozen=True)
class Wanted:
    """`kind` is a code of a kind of document, or of a kind of letter; `person` a public identifier."""

    kind: str = ""
    person: str = ""
    year: int | None = None

    @property
    def since(self) -> datetime | None:
        return _new_year(self.year) if self.year else None

    @property
    def until(self) -> datetime | None:
        return _new_year(self.year + 1) if self.year else None


@dataclass(frozen=True)
class Given:
    shown: Shown
    served: int


@dataclass(frozen=True)
class Page:
    """`older`: the key of the next one, where there is one."""

    rows: Sequence[Given] | Sequence[Letter] = ()
    older: str = ""


def letter_kinds() -> Mapping[str, str | Promise]:
    return {code: label for source in SOURCES for code, label in source.KINDS.items()}


def years(access: ActingAccess) -> list[int]:
    """From this one back to the first thing given or sent. One query."""
    given = Document.objects.visible_to(access).order_by("given_at").values("given_at")
    firsts = [Subquery(rows[:1]) for rows in (given, *(source.instants(access) for source in SOURCES))]
    known = [at for at in Household.objects.filter(pk=access.household_id).values_list(*firsts).get() if at]
    first = min((timezone.localtime(at).year for at in known), default=access.on.year)
    return list(range(access.on.year, first - 1, -1))


def given(access: ActingAccess, wanted: Wanted, *, after: Key | None) -> Page | None:
    """Three queries, whatever there is; None where a letter is wanted."""
    if wanted.kind and wanted.kind not in kinds():
        return None
    rows = Document.objects.visible_to(access).as_shown()
    asked = {"kind": wanted.kind, "person__public_id": wanted.person}
    between = {"given_at__gte": wanted.since, "given_at__lt": wanted.until}
    rows = rows.filter(**{name: value for name, value in (asked | between).items() if value})
    if after:
        rows = rows.older_than(*after)
    page = list(rows.order_by("-given_at", "-public_id")[: SIZE + 1])
    served = uses_of(page[:SIZE], access)
    found = [Given(shown(one, on=access.on), len(served[one.pk])) for one in page[:SIZE]]
    last = page[SIZE - 1] if len(page) > SIZE else None
    return Page(found, _written(last.given_at, last.public_id) if last else "")


def sent(access: ActingAccess, wanted: Wanted, *, after: Key | None) -> Page | None:
    """Of every room that writes to families, the newest of all first; None where a document is wanted."""
    if wanted.kind and wanted.kind not in letter_kinds():
        return None
    asked = LettersWanted(wanted.kind, wanted.person, wanted.since, wanted.until, after, most=SIZE + 1)
    found = [letter for source in SOURCES for letter in source.letters(access, asked)]
    found.sort(key=lambda letter: (letter.at, letter.key), reverse=True)
    last = found[SIZE - 1] if len(found) > SIZE else None
    return Page(found[:SIZE], _written(last.at, last.key) if last else "")


def _written(at: datetime, key: str) -> str:
    return f"{at.isoformat()}~{key}"


def _new_year(year: int) -> datetime:
    return timezone.make_aware(datetime.combine(date(year, 1, 1), time.min))
