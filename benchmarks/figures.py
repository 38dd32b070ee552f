"""The table: one line a figure, printed as soon as it is known."""

from dataclasses import dataclass
from enum import StrEnum

WIDTHS = (12, 11, 50, 13, 10)


class Verdict(StrEnum):
    NONE = ""
    GOOD = "ok"
    SHORT = "SHORT"


@dataclass(frozen=True)
class Figure:
    """`detail` says what the ratio was made of."""

    subject: str
    name: str
    value: str
    target: str = ""
    detail: str = ""
    verdict: Verdict = Verdict.NONE


def at_least(subject: str, name: str, ratio: float, target: float, *, detail: str) -> Figure:
    verdict = Verdict.GOOD if ratio >= target else Verdict.SHORT
    return Figure(subject, name, f"{ratio:.2f}", f"≥ {target:.2f}", detail, verdict)


def at_most(subject: str, name: str, ratio: float, target: float, *, detail: str) -> Figure:
    verdict = Verdict.GOOD if ratio <= target else Verdict.SHORT
    return Figure(subject, name, f"{ratio:.2f}", f"≤ {target:.2f}", detail, verdict)


def title() -> None:
    _row(("database", "subject", "figure", "value", "target"), "made of")


def show(figure: Figure, *, database: str) -> None:
    value = f"{figure.value} {figure.verdict}".strip()
    _row((database, figure.subject, figure.name, value, figure.target), figure.detail)


def _row(cells: tuple[str, ...], detail: str) -> None:
    padded = (cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    print("  ".join([*padded, detail]).rstrip(), flush=True)
