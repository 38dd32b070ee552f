"""Families in a few words."""

from dataclasses import dataclass
from datetime import date
from itertools import count

from xpassfam.people.access import ActingAccess, for_account
from xpassfam.people.models import Access, Household, Person, Residence
from xpassfam.rules.identifiers import fold

Role = Residence.Role
TODAY = date(2026, 11, 23)
_numbers = count(1)


def household(name: str = "Foyer Martin", **facts: object) -> Household:
    facts.setdefault("file_number", f"D-{next(_numbers):06}")
    return Household.objects.create(name=name, **facts)


def person(name: str = "Camille Martin", birth_date: date | None = date(1988, 4, 12), **facts: object) -> Person:
    first_names, _, last_name = name.partition(" ")
    facts = {"first_names": first_names, "last_name": last_name, "search_name": fold(name)} | facts
    return Person.objects.create(birth_date=birth_date, **facts)


def living(person: Person, home: Household, role: str = Role.HOLDER, **facts: object) -> Residence:
    return Residence.objects.create(person=person, household=home, role=role, **facts)


def acting(
    someone: Person, home: Household, *, on: date = TODAY, permission: str = "all", **facts: object
) -> ActingAccess:
    """An access, saved, as a request would carry it."""
    Access.objects.create(person=someone, household=home, permission=permission, since=date(2020, 1, 1), **facts)
    accesses = for_account(Acting(someone.pk), on=on)
    return next(access for access in accesses if access.household_id == home.pk)


@dataclass
class Acting:
    """As much of an account as accesses need."""

    person_id: int | None
