"""What the parts of one application share: what differs is changed, counted, and its household told."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import Model

from xpassfam.jobs import bulk
from xpassfam.jobs.bulk import Scratch
from xpassfam.people.models import Household

# A household's changes, as bits of one number: each is a kind of row and a column, or a word for several.
CHANGES: Final = (
    "household.name",
    "household.address",
    "household.postcode",
    "household.town",
    "household.country",
    "household.closed_on",
    "household.closed_reason",
    "person.last_name",
    "person.birth_name",
    "person.first_names",
    "person.search_name",
    "person.birth_date",
    "person.member_number",
    "person.email",
    "person.phone",
    "person.closed_on",
    "person.closed_reason",
    "residence.role",
    "residence.is_shared",
    "residence.since",
    "residence.until",
    "access.permission",
    "access.until",
    "residents",
    "accesses",
)
BIT: Final = {change: 1 << number for number, change in enumerate(CHANGES)}
UNTOLD: Final = BIT["person.search_name"]

ENTERED: Final = Scratch("entered", {"household_id": "bigint"})
TOUCHED: Final = Scratch("touched", {"household_id": "bigint", "changes": "integer"})
CHANGED: Final = "changed"  # the rows of one kind that differ, with what they become


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
    last_person: int  # before anybody was added
    applied: Applied = field(default_factory=Applied)

    @property
    def day(self) -> str:
        """Today, as SQL writes it."""
        kind = "DATE " if connection.vendor == "postgresql" else ""
        return f"{kind}'{self.today.isoformat()}'"

    def is_open(self, row: str) -> str:
        """`people.models.not_closed` in the SQL of sets."""
        return f"({row}.closed_on IS NULL OR {row}.closed_on > {self.day})"

    def is_dated(self, row: str) -> str:
        """`people.models.dated` in the SQL of sets."""
        return (
            f"({row}.since IS NULL OR {row}.since <= {self.day}) AND ({row}.until IS NULL OR {row}.until > {self.day})"
        )

    def change(self, model: type[Model], values: Mapping[str, str], source: str, *, homes: str, told: str = "") -> int:
        """Write the values that differ, and say in how many rows.

        `source` joins the rows (`o`) with what they are compared to; `homes` finds the household of a row that
        changed (`c`) and ends with its condition, if it has one; `told` stands for what changed.
        """
        kind, table = model._meta.model_name or "", model._meta.db_table
        bits = " + ".join(
            f"CASE WHEN ({new}) IS DISTINCT FROM o.{name} THEN {BIT[f'{kind}.{name}']} ELSE 0 END"
            for name, new in values.items()
        )
        wanted = ", ".join(f"{new} AS {name}" for name, new in values.items())
        bulk.run(f"DROP TABLE IF EXISTS {CHANGED}")
        bulk.run(
            f"CREATE TEMPORARY TABLE {CHANGED} AS SELECT * FROM "
            f"(SELECT o.id AS row_id, {bits} AS changes, {wanted} FROM {source}) compared WHERE changes <> 0"
        )
        number = int(bulk.value(f"SELECT count(*) FROM {CHANGED}"))
        if number:
            self.touch(f"{homes}", changes=told or f"c.changes & {~UNTOLD}", untold=f"c.changes = {UNTOLD}")
            _lock_touched()
            assigned = ", ".join(f"{name} = c.{name}" for name in values)
            bulk.run(f"UPDATE {table} SET {assigned} FROM {CHANGED} c WHERE {table}.id = c.row_id")
            end = next((name for name in ("closed_on", "until") if name in values), None)
            ended = f"(changes & {BIT[f'{kind}.{end}']}) <> 0 AND {end} IS NOT NULL" if end else "FALSE"
            closed = int(bulk.value(f"SELECT count(*) FROM {CHANGED} WHERE {ended}"))
            self.applied.closed[kind] += closed
            self.applied.changed[kind] += number - closed
        return number

    def touch(self, homes: str, *, changes: str, untold: str = "FALSE") -> None:
        """`homes`: a join that starts at the rows that changed (`c`), and names the household `home`."""
        new = f"EXISTS (SELECT 1 FROM {ENTERED.name} e WHERE e.household_id = home)"
        bulk.run(
            f"INSERT INTO {TOUCHED.name} SELECT home, changes FROM "
            f"(SELECT {changes} AS changes, {homes} AND NOT ({untold})) found WHERE NOT {new}"
        )


def words(changes: int) -> Iterable[str]:
    return (name for name, bit in BIT.items() if changes & bit)


def _lock_touched() -> None:
    """Households before what they hold, and in their order: nobody waits in a circle."""
    if connection.features.has_select_for_update:
        table = Household._meta.db_table
        bulk.run(
            f"SELECT count(*) FROM (SELECT id FROM {table} WHERE id IN (SELECT household_id FROM {TOUCHED.name}) "
            "ORDER BY id FOR NO KEY UPDATE) locked"
        )
