"""What an import did, or would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from xpassfam.people.actions.run import Applied
from xpassfam.register.problems import Problem

MOST_CLOSED: Final = 30  # percent of the register
KINDS: Final = ("household", "person", "residence", "access")


@dataclass(frozen=True)
class Report:
    applied: Applied
    codes: int
    before: Mapping[str, int]  # what was open, by kind
    refused: int
    record: Any = field(repr=False)  # the `Import`, which keeps what was refused

    @cached_property
    def problems(self) -> list[Problem]:
        return [refusal.as_problem() for refusal in self.record.refusals.all()]

    @property
    def closed_percent(self) -> float:
        """The largest part of a kind that is closed."""
        return max((100 * self.applied.closed[kind] / open_ for kind, open_ in self.before.items() if open_), default=0)

    def counts(self) -> dict[str, Any]:
        """As an `Import` keeps it."""
        done = {name: dict(getattr(self.applied, name)) for name in ("created", "changed", "closed", "same")}
        return {**done, "codes": self.codes, "before": dict(self.before), "refused": self.refused}
