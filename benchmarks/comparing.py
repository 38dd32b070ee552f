"""Whether two kinds of visitors wait equally long: gaps that one would notice, and that chance does not explain."""

import random
from dataclasses import dataclass
from statistics import median, quantiles

PERMUTATIONS = 5000
CHANCE = 0.001
GAP_MS = 2.0
GAP_SHARE = 0.05


def lower_quartile(times: list[float]) -> float:
    return quantiles(times, n=4)[0]


@dataclass(frozen=True)
class Gap:
    """Between what two kinds waited, in ms, and how often mere chance makes one as wide."""

    base: float
    other: float
    chance: float

    @property
    def width(self) -> float:
        return self.other - self.base

    @property
    def tells(self) -> bool:
        return self.chance < CHANCE and (abs(self.width) > GAP_MS or abs(self.width) > GAP_SHARE * self.base)

    def __str__(self) -> str:
        return f"{self.base:.2f}/{self.other:.2f} ms p {self.chance:.3f}"


@dataclass(frozen=True)
class Comparison:
    middle: Gap
    lower: Gap

    @property
    def is_red(self) -> bool:
        return self.middle.tells or self.lower.tells


def compare(base: list[float], other: list[float]) -> Comparison:
    """Times of the same rounds. Chance swaps the labels of each pair at random: a slow minute is nobody's."""
    middle, lower = abs(median(other) - median(base)), abs(lower_quartile(other) - lower_quartile(base))
    dice = random.Random(2026)  # noqa: S311 - a statistic, not a secret
    pairs = list(zip(base, other, strict=True))
    as_wide = [0, 0]
    for _ in range(PERMUTATIONS):
        swapped = [pair if dice.getrandbits(1) else pair[::-1] for pair in pairs]
        left, right = map(sorted, zip(*swapped, strict=True))
        half, quarter = len(left) // 2, len(left) // 4
        as_wide[0] += abs(right[half] - left[half]) >= middle
        as_wide[1] += abs(right[quarter] - left[quarter]) >= lower
    chances = [(found + 1) / (PERMUTATIONS + 1) for found in as_wide]
    return Comparison(
        Gap(median(base), median(other), chances[0]), Gap(lower_quartile(base), lower_quartile(other), chances[1])
    )
