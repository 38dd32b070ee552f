"""What comes within a year, as the page of rights lists it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import formats

from xpassfam.entitlements.asking import Asked
from xpassfam.entitlements.coming import Event, What, coming, seen_by
from xpassfam.entitlements.wording.coming import advice_of, lines_of, title_of
from xpassfam.people.access import ActingAccess

MOST_SHOWN = 6
LOSSES = frozenset((What.CLOSES, What.ASKS))


@dataclass(frozen=True)
class Soon:
    """`day` and `month` stand one above the other: « 14 », « mars »."""

    day: str
    month: str
    title: str
    lines: Sequence[str]
    advice: str
    is_loss: bool


def soon(asked: Asked, access: ActingAccess, *, person: str = "") -> list[Soon]:
    """The first that the reader may know of; those of one person and of the home, where one is named."""
    if asked.timeline is None:
        return []
    events = seen_by(coming(asked.timeline, after=asked.day), access, person=access.person)
    own = (event for event in events if not person or _is_about(event, person))
    return [_told(event, this_year=asked.day.year) for event in own][:MOST_SHOWN]


def _is_about(event: Event, person: str) -> bool:
    return event.person in ("", person) and (
        not event.turns or any(turn.person in ("", person) for turn in event.turns)
    )


def _told(event: Event, *, this_year: int) -> Soon:
    pattern = "N" if event.on.year == this_year else "N Y"
    return Soon(
        day=str(event.on.day),
        month=formats.date_format(event.on, pattern),
        title=title_of(event),
        lines=lines_of(event),
        advice=advice_of(event),
        is_loss=event.what in LOSSES,
    )
