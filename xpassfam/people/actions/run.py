"""What the parts of one application share: what changed, and which households it touched."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Values = Mapping[str, Any]


@dataclass
class Applied:
    """How many rows of each kind were created, changed, closed, already right.

    Kinds: household, person, residence, access.
    """

    created: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    closed: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)


@dataclass
class Run:
    today: date
    applied: Applied = field(default_factory=Applied)
    entered: set[int] = field(default_factory=set)
    touched: dict[int, list[str]] = field(default_factory=dict)

    def change(self, row: Model, values: Values, *, kind: str) -> list[str]:
        """Save the values that differ, and name them: `person.phone`."""
        changes = [name for name, value in values.items() if getattr(row, name) != value]
        if not changes:
            self.applied.same[kind] += 1
            return []
        for name in changes:
            setattr(row, name, values[name])
        row.save(update_fields=changes)
        ends = any(values[name] for name in changes if name in ("closed_on", "until"))
        (self.applied.closed if ends else self.applied.changed)[kind] += 1
        return [f"{kind}.{name}" for name in changes if name != "search_name"]

    def touch(self, household_id: int, changes: Iterable[str]) -> None:
        if changes := list(changes):
            self.touched.setdefault(household_id, []).extend(changes)


def locked(rows: "QuerySet[Row]") -> "QuerySet[Row]":
    return rows.select_for_update(of=("self",)).order_by("pk")
