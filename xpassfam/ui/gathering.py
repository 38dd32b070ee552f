"""What rooms hand to the page that gathers them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
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
