"""Whether two kinds of visitors wait equally long: gaps that one would notice, and that chance does not explain."""

import random
from dataclasses import dataclass

PERMUTATIONS = 5000
CHANCE = 0.001
GAP_MS = 2.0
GAP_SHARE = 0.05


@dataclass(frozen=True)
class Gap:
    """Between what two kinds waited, in ms, and how often mere chance makes one as wide."""

    base: float
    other: float
    chance: float

    @property
    def tells(self) -> bool:
        width = abs(self.other - self.base)
        return self.chance < CHANCE and (width > GAP_MS or width > GAP_SHARE * self.base)

    def __str__(self) -> str:
        return f"{self.base:.2f}/{self.other:.2f} ms p {self.chance:.4f}"


@dataclass(frozen=True)
class Comparison:
    """At the median and at the lower quartile, which a busy machine disturbs less."""

    middle: Gap
    lower: Gap

    @property
    def ratio(self) -> float:
        return self.middle.other / self.middle.base

    @property
    def is_red(self) -> bool:
        return self.middle.tells or self.lower.tells


def compare(base: list[float], other: list[float]) -> Comparison:
    """Times of the same rounds. Chance swaps the labels of each pair at random: a slow minute is nobody's."""
    left, right = sorted(base), sorted(other)
    half, quarter = len(base) // 2, len(base) // 4
    middle, lower = abs(right[half] - left[half]), abs(right[quarter] - left[quarter])
    dice = random.Random(2026)  # noqa: S311 - a statistic, not a secret
    pairs = list(zip(base, other, strict=True))
    as_wide_in_middle = as_wide_in_lower = 1
    for _ in range(PERMUTATIONS):
        swapped = [pair if dice.getrandbits(1) else pair[::-1] for pair in pairs]
        one, two = map(sorted, zip(*swapped, strict=True))
        as_wide_in_middle += abs(two[half] - one[half]) >= middle
        as_wide_in_lower += abs(two[quarter] - one[quarter]) >= lower
    return Comparison(
        Gap(left[half], right[half], as_wide_in_middle / (PERMUTATIONS + 1)),
        Gap(left[quarter], right[quarter], as_wide_in_lower / (PERMUTATIONS + 1)),
    )
