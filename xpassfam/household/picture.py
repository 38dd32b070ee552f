"""The household as a picture: who lives under its roof, and that a shared child has another."""

from collections.abc import Sequence
from dataclasses import dataclass

from xpassfam.household.portraits import Portrait
from xpassfam.ui import shapes

GROUND = 250
EAVES = 130
ROOF = 30
MARGIN = 34
SCALE = 0.72
LEAST_SPAN = 208
LEAST_WIDTH = 520
DOOR = 68
EDGE = 10


@dataclass(frozen=True)
class Roof:
    """A house's outline, and where the line of persons stands in it; `door_x` for somebody without a name."""

    path: str
    span: int
    right: int
    door_x: int
    x: int
    y: int
    width: int
    height: int
    line: shapes.Line


@dataclass(frozen=True)
class Homes:
    width: int
    ours: Roof
    other: Roof | None


def homes(residents: Sequence[Portrait], shared: Sequence[Portrait]) -> Homes:
    """Our home, and beside it, dashed, the other home of the shared children: nobody else is named there."""
    grown = [resident for resident in residents if not resident.is_small]
    small = [resident for resident in residents if resident.is_small]
    ours = _roof(shapes.line([*grown, *small]), at=EDGE)
    if not shared:
        width = max(ours.right + EDGE, LEAST_WIDTH)
        return Homes(width=width, ours=_roof(ours.line, at=width - EDGE - ours.span), other=None)
    other = _roof(shapes.line(shared), at=ours.right + MARGIN, room=DOOR)
    return Homes(width=other.right + EDGE, ours=ours, other=other)


def _roof(line: shapes.Line, *, at: int, room: int = 0) -> Roof:
    """A house around a line of persons; `room` is kept on the left for somebody who isn't drawn by name."""
    width, height = round(line.width * SCALE), round(line.height * SCALE)
    left, span = at, max(width + room + 2 * MARGIN, LEAST_SPAN)
    x = left + (span - width - room) // 2 + room
    half = span // 2
    path = f"M{left} {GROUND}V{EAVES}L{left + half} {ROOF}L{left + span} {EAVES}V{GROUND}z"
    return Roof(
        path=path,
        span=span,
        right=left + span,
        door_x=x - room,
        x=x,
        y=GROUND - height,
        width=width,
        height=height,
        line=line,
    )
