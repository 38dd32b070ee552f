"""What agents read of a separation."""

from dataclasses import dataclass
from datetime import date

from xpassfam.household.declared import Declared, said
from xpassfam.household.portraits import contacts_of
from xpassfam.people.models import Household, Residence, Separation
from xpassfam.rules.visibility import COUPLE_ROLES, ITEMS_BY_STAFF_ROLE, Item

MOST = 200


@dataclass(frozen=True)
class Row:
    separation: Separation
    couple: str
    declared: Declared | None = None  # where a request declared it


def waiting(*, on: date) -> list[Row]:
    """The oldest first. Two queries, and those of `declared.said`."""
    rows = list(Separation.objects.open().select_related("household").order_by("declared_at", "pk")[:MOST])
    stays = Residence.objects.open_on(on).filter(household__in=[row.household_id for row in rows])
    names: dict[int, list[str]] = {}
    for stay in stays.filter(role__in=COUPLE_ROLES).select_related("person").order_by("rank", "pk"):
        names.setdefault(stay.household_id, []).append(str(stay.person))
    told = said(rows)
    return [Row(row, ", ".join(names.get(row.household_id, [])), told.get(row.pk)) for row in rows]


def open_in(household: Household) -> Row | None:
    """That of the home, as its file tells it. One query, and those of `declared.said` where there is one."""
    found = Separation.objects.open().filter(household=household).select_related("declared_by").first()
    return Row(found, "", said([found]).get(found.pk)) if found else None


@dataclass(frozen=True)
class Resident:
    """Somebody of the file, as its handler reads them; the couple with where to reach each alone."""

    name: str
    mark: int
    initial: str
    role: str
    contacts: tuple[str, ...]
    caution: str = ""  # in the place of contacts that they do not want used


def residents(separation: Separation, declared: Declared | None, *, on: date, by: str) -> list[Resident]:
    """Who lives in the home, as far as the staff role `by` may read. One query.

    Of whoever declared it by a request, how they want to be reached stands there, and not what the register holds.
    """
    warned = {separation.declared_by_id: declared.caution} if declared else {}
    stays = Residence.objects.open_on(on).filter(household=separation.household_id)
    may_reach = Item.CONTACTS in ITEMS_BY_STAFF_ROLE.get(by, frozenset())
    return [
        Resident(
            name=str(stay.person),
            mark=stay.person.mark,
            initial=stay.person.initial,
            role=str(Residence.Role(stay.role).label),
            contacts=contacts_of(stay.person)
            if may_reach and stay.role in COUPLE_ROLES and stay.person_id not in warned
            else (),
            caution=warned.get(stay.person_id, ""),
        )
        for stay in stays.select_related("person").order_by("rank", "pk")
    ]
