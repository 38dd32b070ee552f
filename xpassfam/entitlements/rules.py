"""The rules of a day: each right in its version of then, and what they share."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from xpassfam.entitlements.home import DAY
from xpassfam.entitlements.language import Right, Vocabulary
from xpassfam.rules.criteria import Today, atoms_of


@dataclass(frozen=True)
class Rule:
    """A version of a right. `number`: of the version, as kept."""

    right: Right
    number: int = 1


@dataclass(frozen=True)
class Rules:
    """Those of one day, by the order of their codes."""

    vocabulary: Vocabulary
    rules: tuple[Rule, ...] = ()

    def rule(self, code: str) -> Rule:
        """KeyError where there is none."""
        return {one.right.code: one for one in self.rules}[code]

    def only(self, codes: Collection[str]) -> "Rules":
        """The same vocabulary, with some rights alone."""
        return replace(self, rules=tuple(one for one in self.rules if one.right.code in codes))

    def edges(self, *, first: date, last: date) -> set[date]:
        """The days on which a season of theirs begins, or has ended."""
        seasons = {atom for one in self.rules for atom in atoms_of(one.right.criterion) if isinstance(atom, Today)}
        years = range(first.year, last.year + 1)
        begun = {season.since.in_year(year) for season in seasons for year in years}
        return begun | {season.until.in_year(year) + DAY for season in seasons for year in years}
