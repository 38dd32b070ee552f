"""What agents read of a separation."""

from dataclasses import dataclass
from datetime import date

from xpassfam.people.models import Residence, Separation
from xpassfam.rules.visibility import COUPLE_ROLES

MOST = 200


@dataclass(frozen=True)
class Row:
    separation: Separation
    couple: str


def waiting(*, on: date) -> list[Row]:
    """The oldest first. Two queries."""
    rows = list(Separation.objects.open().select_related("household").order_by("declared_at", "pk")[:MOST])
    stays = Residence.objects.open_on(on).filter(household__in=[row.household_id for row in rows])
    names: dict[int, list[str]] = {}
    for stay in stays.filter(role__in=COUPLE_ROLES).select_related("person").order_by("rank", "pk"):
        names.setdefault(stay.household_id, []).append(str(stay.person))
    return [Row(row, ", ".join(names.get(row.household_id, []))) for row in rows]


def residents(separation: Separation, *, on: date) -> list[Residence]:
    """Who lives in the home, the couple and the children. One query."""
    stays = Residence.objects.open_on(on).filter(household=separation.household_id)
    return list(stays.select_related("person").order_by("rank", "pk"))
