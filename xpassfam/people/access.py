"""Who acts for which household: what `request.access` holds."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest

from xpassfam.people.models import Access, Person, Residence
from xpassfam.people.prepared import Prepared
from xpassfam.rules.visibility import (
    CHILD,
    COUPLE_ROLES,
    NO_HOME,
    Item,
    Viewer,
    may,
    may_change_own,
    may_see_household_history,
)

# Who lives or lived somewhere as one of its family and left it is nobody's guardian there.
_FAMILY = Residence.objects.filter(role__in=[*COUPLE_ROLES, CHILD])


class HasPerson(Protocol):
    """An account, as far as this room needs one."""

    @property
    def person_id(self) -> int | None: ...


@dataclass(frozen=True)
class ActingAccess(Viewer):
    """A person acting for one household, on a day, with a permission. Query sets show what is `visible_to` it."""

    person: str  # public identifiers, for addresses and the journal
    household: str
    household_name: str
    file_number: str
    lives_there: bool
    # Of a declared separation: who declared it, and whether they say now that it was a mistake.
    separation_by: int | None = field(default=None, kw_only=True)
    is_taken_back: bool = field(default=False, kw_only=True)
    # Of somebody who acts for a home where they don't live: their access to the one where they do.
    elsewhere: "ActingAccess | None" = field(default=None, kw_only=True)

    def may(self, act: str) -> bool:
        """« view », « requests », « documents », « change », « grant »: see `rules.visibility.may`."""
        return may(self, act)

    @property
    def may_change(self) -> bool:
        return self.may("change")

    @property
    def at_home(self) -> "ActingAccess":
        """Their access where they live, whichever file they opened: what is their own follows it."""
        return self.elsewhere or self

    def may_change_own(self, item: Item) -> bool:
        """Their own data: see `rules.visibility.may_change_own`."""
        return may_change_own(self.at_home, item)

    @property
    def why_own_is_closed(self) -> str:
        """Why they don't change their own identity: « view », « outside », « nowhere »; empty where they may."""
        if self.may_change_own(Item.NAME):
            return ""
        if self.household_id == NO_HOME:
            return "nowhere"
        return "view" if self.at_home.role else "outside"

    @property
    def reads_household(self) -> bool:
        return may_see_household_history(self)


class FamilyRequest(HttpRequest):
    """A request of somebody who acts for a household, as the views of families receive it."""

    access: ActingAccess
    accesses: tuple[ActingAccess, ...]


def for_account(account: HasPerson, *, on: date) -> tuple[ActingAccess, ...]:
    """The accesses of an account's person that are open that day, where they live first. One query."""
    if account.person_id is None:
        return ()
    accesses = [_acting(*row, on=on) for row in _OPEN.rows(person_id=account.person_id, on=on)]
    home = next((access for access in accesses if access.lives_there), None)
    whole = [access if access.lives_there else replace(access, elsewhere=home) for access in accesses]
    return tuple(sorted(whole, key=lambda access: not access.lives_there))


def _open(*, person_id: int, on: date) -> "QuerySet[Access, Any]":
    own = Residence.objects.open_on(on).filter(household=OuterRef("household"), person=OuterRef("person"))
    rows = Access.objects.open_on(on).filter(person=person_id)
    rows = rows.annotate(
        role=Subquery(own.values("role")[:1]),
        has_lived_there=Exists(_FAMILY.filter(household=OuterRef("household"), person=OuterRef("person"))),
        separation=FilteredRelation("household__separations", condition=Q(household__separations__settled_at=None)),
    )
    return rows.order_by("since", "pk").values_list(
        "person_id",
        "household_id",
        "permission",
        "person__public_id",
        "household__public_id",
        "household__name",
        "household__file_number",
        "role",
        "origin",
        "has_lived_there",
        "separation__declared_by",
        "separation__taking_back_at",
    )


_OPEN = Prepared(_open)


def _acting(
    person_id: int,
    household_id: int,
    permission: str,
    person: str,
    household: str,
    household_name: str,
    file_number: str,
    role: str | None,
    origin: str,
    has_lived_there: bool,
    separation_by: int | None,
    taking_back_at: datetime | None,
    *,
    on: date,
) -> ActingAccess:
    return ActingAccess(
        person_id=person_id,
        household_id=household_id,
        on=on,
        permission=permission,
        person=person,
        household=household,
        household_name=household_name,
        file_number=file_number,
        lives_there=role is not None,
        role=role or "",
        represents=role is None and origin == Access.Origin.REGISTER and not has_lived_there,
        is_frozen=separation_by is not None,
        separation_by=separation_by,
        is_taken_back=taking_back_at is not None,
    )


def has_lived_in(household_id: int, *, person_id: int) -> bool:
    """As holder, partner or child, at any time."""
    return _FAMILY.filter(household=household_id, person=person_id).exists()


def own_only(person: Person, *, on: date) -> ActingAccess:
    """Of somebody who acts for no household: what is their own stays theirs to read."""
    return ActingAccess(
        person_id=person.pk,
        household_id=NO_HOME,
        on=on,
        permission=Access.Permission.VIEW,
        person=person.public_id,
        household="",
        household_name="",
        file_number="",
        lives_there=False,
    )


def choose(accesses: tuple[ActingAccess, ...], wanted: str = "") -> ActingAccess | None:
    """The access for the household whose public identifier is wanted; else the first; None where there is none."""
    for access in accesses:
        if access.household == wanted:
            return access
    return accesses[0] if accesses else None


def renewed(access: ActingAccess) -> ActingAccess | None:
    """The same access read again, inside a transaction that holds the household; None where it has ended."""
    accesses = for_account(access, on=access.on)
    return next((one for one in accesses if one.household_id == access.household_id), None)
