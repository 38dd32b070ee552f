"""« Les formes du foyer »: each person is a shape, a colour and an initial, the same wherever they appear."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

FORMS = ("arch", "round", "square", "quarter")
COLOURS = 5
SUN = 60
GAP = 6
HEIGHT = 190
MIN_WIDTH = 368
WIDTHS = {"arch": (104, 60), "round": (104, 68), "square": (96, 68), "quarter": (104, 56)}


def form(mark: int) -> str:
    return FORMS[(mark - 1) % len(FORMS)]


def colour(mark: int) -> int:
    return (mark - 1) % COLOURS + 1


@dataclass(frozen=True)
class Placed:
    """A person's shape in the picture of the household, standing on its ground line."""

    path: str
    colour: int
    initial: str
    text_x: int
    text_y: int
    is_small: bool


@dataclass(frozen=True)
class House:
    width: int
    sun_x: int
    shapes: tuple[Placed, ...]


@dataclass(frozen=True)
class Line:
    """Persons side by side, and nothing besides: to set into a picture."""

    width: int
    height: int
    shapes: tuple[Placed, ...]


def line(persons: Iterable[Any]) -> Line:
    """The persons as given, from the left edge."""
    x, placed = 0, []
    for person in persons:
        size = WIDTHS[form(person.mark)][bool(getattr(person, "is_small", False))]
        placed.append(_place(person, x, size))
        x += size + GAP
    return Line(width=max(x - GAP, 1), height=HEIGHT, shapes=tuple(placed))


def house(persons: Iterable[Any]) -> House:
    """Draw the household, grown-ups first. A person has `mark`, `initial`, and `is_small` for a child."""
    people = sorted(persons, key=lambda person: bool(getattr(person, "is_small", False)))
    sizes = [WIDTHS[form(p.mark)][bool(getattr(p, "is_small", False))] for p in people]
    # The sun stands above the last child, or beside the last grown-up.
    ends_low = bool(people) and bool(getattr(people[-1], "is_small", False))
    total = sum(sizes) + GAP * len(sizes) + 8 + (0 if ends_low else SUN)
    width = max(MIN_WIDTH, total)
    x = width - total
    placed = []
    for person, size in zip(people, sizes, strict=True):
        placed.append(_place(person, x, size))
        x += size + GAP
    return House(width=width, sun_x=width - 38, shapes=tuple(placed))


def _place(person: Any, x: int, size: int) -> Placed:
    is_small = bool(getattr(person, "is_small", False))
    shape = form(person.mark)
    path, text_x, lift = _OUTLINES[shape](x, size, is_small)
    return Placed(path, colour(person.mark), person.initial, text_x, HEIGHT - lift, is_small)


def _arch(x: int, size: int, is_small: bool) -> tuple[str, int, int]:
    r = size // 2
    wall = size if not is_small else size * 2 // 3
    return f"M{x} {HEIGHT}v-{wall}a{r} {r} 0 0 1 {size} 0v{wall}z", x + r, 30 if not is_small else 16


def _round(x: int, size: int, is_small: bool) -> tuple[str, int, int]:
    r = size // 2
    return f"M{x} {HEIGHT - r}a{r} {r} 0 0 1 {size} 0a{r} {r} 0 0 1 -{size} 0z", x + r, r - (14 if not is_small else 9)


def _square(x: int, size: int, is_small: bool) -> tuple[str, int, int]:
    side = size - 24
    turns = (f"h{side}a12 12 0 0 1 12 12", f"v{side}a12 12 0 0 1 -12 12", f"h-{side}a12 12 0 0 1 -12 -12")
    path = f"M{x} {HEIGHT - 12}v-{side}a12 12 0 0 1 12 -12{''.join(turns)}z"
    return path, x + size // 2, size // 2 - (14 if not is_small else 9)


def _quarter(x: int, size: int, is_small: bool) -> tuple[str, int, int]:
    return f"M{x} {HEIGHT}a{size} {size} 0 0 1 {size} -{size}v{size}z", x + size * 62 // 100, 24 if not is_small else 10


_OUTLINES = {"arch": _arch, "round": _round, "square": _square, "quarter": _quarter}
