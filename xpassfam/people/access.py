"""Who acts for which household: what `request.access` holds."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from xpassfam.people.models import Access
from xpassfam.rules.visibility import Viewer


class HasPerson(Protocol):
    """An account, as far as this room needs one."""

    person_id: int | None


@dataclass(frozen=True)
class ActingAccess(Viewer):
    """A person acting for one household, on a day, with a permission. Query sets show what is `visible_to` it."""

    permission: str
    household: str  # public identifier, for addresses and the journal
    household_name: str

    @property
    def may_change(self) -> bool:
        return self.permission == Access.Permission.ALL


def for_account(account: HasPerson, *, on: date) -> tuple[ActingAccess, ...]:
    """The accesses of an account's person that are open that day, the oldest first. One query."""
    rows = (
        Access.objects.open_on(on)
        .filter(person=account.person_id)
        .order_by("since", "pk")
        .values_list("person_id", "household_id", "permission", "household__public_id", "household__name")
    )
    return tuple(
        ActingAccess(
            person_id=person,
            household_id=household,
            on=on,
            permission=permission,
            household=public_id,
            household_name=name,
        )
        for person, household, permission, public_id, name in rows
    )


def choose(accesses: tuple[ActingAccess, ...], wanted: str = "") -> ActingAccess | None:
    """The access for the household whose public identifier is wanted; else the first; None where there is none."""
    for access in accesses:
        if access.household == wanted:
            return access
    return accesses[0] if accesses else None
