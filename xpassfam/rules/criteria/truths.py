"""Yes, no, or unknown: what is not known is neither."""

from collections.abc import Collection
from enum import StrEnum


class Truth(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @property
    def opposite(self) -> "Truth":
        if self is Truth.YES:
            return Truth.NO
        return Truth.YES if self is Truth.NO else self


def every(truths: Collection[Truth]) -> Truth:
    """Of several that must all hold."""
    return Truth.NO if Truth.NO in truths else Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.YES


def some(truths: Collection[Truth]) -> Truth:
    """Of several of which one is enough."""
    return Truth.YES if Truth.YES in truths else Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.NO


def every_named(truths: Collection[Truth]) -> Truth:
    """As for all of them; nobody is named yet: unknown."""
    return every(truths) if truths else Truth.UNKNOWN


def same(outcomes: Collection[bool]) -> Truth:
    """What all of them say."""
    return Truth.UNKNOWN if True in outcomes and False in outcomes else truth_if(True in outcomes)


def truth_if(holds: bool) -> Truth:
    return Truth.YES if holds else Truth.NO
