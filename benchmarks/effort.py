"""How long to measure: enough to judge, or just enough to see that it runs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """`slices` of each rival, in turns; `pairs` of visitors compared; `repeats` of a thing too short to time once."""

    slices: int
    slice_seconds: float
    pages: int
    pairs: int
    planted_pairs: int
    runs: int
    repeats: int
    is_judged: bool


FULL = Effort(slices=7, slice_seconds=3, pages=250, pairs=200, planted_pairs=60, runs=3, repeats=2000, is_judged=True)
QUICK = Effort(slices=1, slice_seconds=0.2, pages=3, pairs=2, planted_pairs=0, runs=1, repeats=5, is_judged=False)
