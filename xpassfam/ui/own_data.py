"""What rooms hand to `privacy`: what they hold of a person, and what time deletes of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Category:
    """Data of one sort. Source: RGPD, art. 13, 14 and 30.

    `basis`: empty where it is the organisation's own, as its legal profile has it. `kept` says how long, in words.
    """

    code: str
    title: "StrOrPromise"
    what: "StrOrPromise"
    why: "StrOrPromise"
    kept: "StrOrPromise"
    seen_by: "StrOrPromise"
    source: "StrOrPromise"
    basis: "StrOrPromise" = ""


@dataclass(frozen=True)
class Held:
    """What is held of one person in a category: how much, the main values, and where they read or correct it."""

    category: Category
    count: int
    values: Sequence[tuple[str, str]] = ()
    link_text: str = ""
    link_url: str = ""


@dataclass(frozen=True)
class Leaf:
    """A file of the archive. Its content is read when the archive comes to it; a reader that raises `Missing` leaves
    it out.
    """

    path: str
    content: Callable[[], Iterable[bytes]]


class Missing(Exception):
    """The file can't be given today: not scanned yet, destroyed, its store away."""


@dataclass(frozen=True)
class Part:
    """What the archive holds of a category: `data` for programs, as the published schema has it; `lines` for people,
    label and text; `files`.
    """

    category: str
    data: Any
    lines: Sequence[tuple[str, str]] = ()
    files: Sequence[Leaf] = field(default_factory=tuple)


@dataclass(frozen=True)
class Rule:
    """What goes when its time has passed: older than `usual` days or months, unless the organisation chose otherwise,
    between `least` and `most`.

    `due` counts what an instant leaves behind, `purge` deletes it and says how many; both take that instant, and now.
    Where both ends are equal, nobody chooses: a law or a promise does.
    """

    code: str
    title: "StrOrPromise"
    basis: "StrOrPromise"
    due: Callable[[datetime, datetime], int]
    purge: Callable[[datetime, datetime], int]
    usual: int
    least: int
    most: int
    unit: str = "months"  # or days

    @property
    def is_fixed(self) -> bool:
        return self.least == self.most
