"""Where the bars of a plot stand: whole numbers for a template to write, no style and no script."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 260
BASE, TOP = 220, 24  # of columns: the foot of the bars, and the highest they go
LINE = 44  # of rows: how far apart
LEFT = 16


@dataclass(frozen=True)
class Column:
    x: int
    y: int
    width: int
    height: int
    value: int
    series: int

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True)
class Slot:
    """Columns side by side over one label."""

    label: str
    middle: int
    columns: list[Column]


@dataclass(frozen=True)
class Bar:
    """A row: a label over a bar; `mark` is where a second value, or a promise, stands."""

    label: str
    value: str
    y: int
    width: int
    more: int = 0
    mark: int | None = None


def columns(labels: Sequence[str], *series: Sequence[int]) -> list[Slot]:
    highest = max((value for one in series for value in one), default=0) or 1
    step = (WIDTH - 2 * LEFT) // len(labels)
    width = min(40, (step - 8) // len(series))
    slots = []
    for n, label in enumerate(labels):
        start = LEFT + n * step + (step - width * len(series)) // 2
        found = []
        for number, one in enumerate(series):
            height = round((BASE - TOP) * one[n] / highest)
            found.append(Column(start + number * width, BASE - height, width - 2, height, one[n], number + 1))
        slots.append(Slot(label, LEFT + n * step + step // 2, found))
    return slots


def bars(rows: Sequence[tuple[str, str, int, int | None, int | None]]) -> list[Bar]:
    """Of `(label, value in words, length, further length, mark)`."""
    highest = max((max(one[2], one[3] or 0, one[4] or 0) for one in rows), default=0) or 1

    def scaled(value: int) -> int:
        return round((WIDTH - 2 * LEFT) * value / highest)

    return [
        Bar(
            label,
            value,
            n * LINE,
            scaled(length),
            scaled(further) - scaled(length) if further is not None else 0,
            LEFT + scaled(mark) if mark is not None else None,
        )
        for n, (label, value, length, further, mark) in enumerate(rows)
    ]
