"""What a condition is held against: facts, all given by the caller."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Someone:
    """A person as far as conditions go; `role` is empty where they don't live in the home.

    `papers`: kinds of the documents of theirs that are good that day. `activity`: empty where nobody said.
    """

    role: str = ""
    born: date | None = None
    key: str = ""
    papers: frozenset[str] = frozenset()
    activity: str = ""


@dataclass(frozen=True)
class PastUse:
    """A right that was used; `person` is empty where it is the whole home's."""

    right: str
    person: str
    on: date


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
    is_member: bool = True
    uses: tuple[PastUse, ...] = ()
    _asked: dict[int, "Situation"] = field(default_factory=dict, init=False, compare=False, repr=False)

    def asked_of(self, one: Someone | None) -> "Situation":
        """The same, where `one` is who it is asked for. Made once for each, as twelve rights ask in turn."""
        known = self._asked.get(id(one))
        if known is None or known.each is not one:
            known = self._asked[id(one)] = replace(self, each=one)
            object.__setattr__(known, "_asked", self._asked)
        return known
