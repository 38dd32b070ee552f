"""« Les formes du foyer »: each person is a shape, a colour and an initial, the same wherever they appear."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

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


class Person(Protocol):
    """Whoever is drawn: `mark` from 1 to 20, an initial, and whether they are small, as children are."""

    @property
    def mark(self) -> int: ...
    @property
    def initial(self) -> str: ...
    @property
    def is_small(self) -> bool: ...


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


def line(persons: Iterable[Person]) -> Line:
    """The persons as given, from the left edge."""
    x, placed = 0, []
    for person in persons:
        size = WIDTHS[form(person.mark)][person.is_small]
        placed.append(_place(person, x, size))
        x += size + GAP
    return Line(width=max(x - GAP, 1), height=HEIGHT, shapes=tuple(placed))


def house(persons: Iterable[Person]) -> House:
    """Draw the household, grown-ups first."""
    people = sorted(persons, key=lambda person: person.is_small)
    sizes = [WIDTHS[form(person.mark)][person.is_small] for person in people]
    # The sun stands above the last child, or beside the last grown-up.
    ends_low = bool(people) and people[-1].is_small
    total = sum(sizes) + GAP * len(sizes) + 8 + (0 if ends_low else SUN)
    width = max(MIN_WIDTH, total)
    x = width - total
    placed = []
    for person, size in zip(people, sizes, strict=True):
        placed.append(_place(person, x, size))
        x += size + GAP
    return House(width=width, sun_x=width - 38, shapes=tuple(placed))


def _place(person: Person, x: int, size: int) -> Placed:
    path, text_x, lift = _OUTLINES[form(person.mark)](x, size, person.is_small)
    return Placed(path, colour(person.mark), person.initial, text_x, HEIGHT - lift, person.is_small)


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
