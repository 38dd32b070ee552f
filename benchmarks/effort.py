"""How long to measure: enough to judge, or just enough to see that it runs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """`workers` of the server; `slices` of each rival, in turns; `repeats` of what is too short to time once;
    `lines` of a long history, `persons` of a large register, `filings` that wait, `homes` whose rights are counted."""

    workers: int
    slices: int
    slice_seconds: float
    pages: int
    pairs: int
    planted_pairs: int
    runs: int
    repeats: int
    lines: int
    persons: int
    filings: int
    homes: int
    is_judged: bool


FULL = Effort(
    workers=2,  # as in ./run
    slices=7,
    slice_seconds=3,
    pages=250,
    pairs=200,
    planted_pairs=100,
    runs=3,
    repeats=2000,
    lines=1_000_000,
    persons=50_000,
    filings=200_000,
    homes=30_000,
    is_judged=True,
)
QUICK = Effort(
    workers=1,
    slices=1,
    slice_seconds=0.1,
    pages=2,
    pairs=2,
    planted_pairs=0,
    runs=1,
    repeats=3,
    lines=2000,
    persons=2000,
    filings=3000,
    homes=300,
    is_judged=False,
)
