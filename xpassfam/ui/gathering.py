"""What rooms hand to the page that gathers them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal


@dataclass(frozen=True)
class Todo:
    """Something that waits for the person, and the one button that does it."""

    title: str
    note: str
    link_text: str
    link_url: str
    icon: str
    until: date | None = None


@dataclass(frozen=True)
class Duty:
    """What agents do, where, and how much of it waits."""

    text: str
    url: str
    count: int = 0


@dataclass(frozen=True)
class Card:
    """A part of the dashboard: a template of its room, which finds what it needs as `card.context`."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    place: Literal["greeting", "main", "aside"] = "main"


@dataclass(frozen=True)
class Letter:
    """Something that the organisation sent or issued: its page, its file. `key` tells those of one instant apart;
    `code` is the reference that people copy.
    """

    at: datetime
    key: str
    title: str
    note: str
    code: str
    icon: str
    url: str
    file_url: str


@dataclass(frozen=True)
class LettersWanted:
    """Which letters a page lists: of a kind, about a person (by public identifier), sent since and before, the newest
    first, from the one after `after` on.
    """

    kind: str = ""
    person: str = ""
    since: datetime | None = None
    until: datetime | None = None
    after: tuple[datetime, str] | None = None
    most: int = 20
