"""Papers and numbers that serve every family."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xpassfam.services.models import UsefulFile, UsefulNumber
from xpassfam.vault.words import sort


@dataclass(frozen=True)
class Listed:
    """A file with what a browser will get: « PDF, 3 pages, 212 ko »."""

    useful: UsefulFile
    sort: str


def files(on: date) -> list[Listed]:
    """One query."""
    return [Listed(one, sort(one.file)) for one in UsefulFile.objects.shown(on)]


def named(public_id: str, *, on: date) -> UsefulFile | None:
    """The one of that address, where families find it that day. One query."""
    return UsefulFile.objects.shown(on).filter(public_id=public_id).first()


def numbers() -> Sequence[UsefulNumber]:
    """One query."""
    return list(UsefulNumber.objects.filter(is_published=True).order_by("position", "label"))
