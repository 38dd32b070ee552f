"""What a condition is held against: facts, all given by the caller."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Someone:
    """A person as far as conditions go; `role` is empty where they don't live in the home."""

    role: str = ""
    born: date | None = None


@dataclass(frozen=True)
class Situation:
    """`persons`: who lives in the home, by public identifier. `bracket`: empty where it is not known.

    `answers` are as they are kept: a date is text, an amount cents, persons their identifiers.
    """

    today: date
    me: Someone = Someone()
    persons: Mapping[str, Someone] = field(default_factory=dict)
    bracket: str = ""
    profile: str = ""
    acts: frozenset[str] = frozenset()
    is_frozen: bool = False
    answers: Mapping[str, Any] = field(default_factory=dict)
    each: Someone | None = None
