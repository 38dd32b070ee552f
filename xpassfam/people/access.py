"""Who acts for which household: what `request.access` holds."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from xpassfam.people.models import Access, Residence
from xpassfam.rules.visibility import Viewer


class HasPerson(Protocol):
    """An account, as far as this room needs one."""

    person_id: int | None


@dataclass(frozen=True)
class ActingAccess(Viewer):
    """A person acting for one household, on a day, with a permission. Query sets show what is `visible_to` it."""

    permission: str
    person: str  # public identifiers, for addresses and the journal
    household: str
    household_name: str
    file_number: str
    lives_there: bool

    @property
    def may_change(self) -> bool:
        return self.permission == Access.Permission.ALL


class FamilyRequest(HttpRequest):
    """A request of somebody who acts for a household, as the views of families receive it."""

    access: ActingAccess
    accesses: tuple[ActingAccess, ...]


def for_account(account: HasPerson, *, on: date) -> tuple[ActingAccess, ...]:
    """The accesses of an account's person that are open that day, where they live first. One query."""
    own = Residence.objects.open_on(on).filter(household=OuterRef("household"), person=OuterRef("person"))
    rows = Access.objects.open_on(on).filter(person=account.person_id).select_related("household", "person")
    rows = rows.annotate(lives_there=Exists(own)).order_by("-lives_there", "since", "pk")
    return tuple(
        ActingAccess(
            person_id=row.person_id,
            household_id=row.household_id,
            on=on,
            permission=row.permission,
            person=row.person.public_id,
            household=row.household.public_id,
            household_name=row.household.name,
            file_number=row.household.file_number,
            lives_there=row.lives_there,
        )
        for row in rows
    )


def choose(accesses: tuple[ActingAccess, ...], wanted: str = "") -> ActingAccess | None:
    """The access for the household whose public identifier is wanted; else the first; None where there is none."""
    for access in accesses:
        if access.household == wanted:
            return access
    return accesses[0] if accesses else None
