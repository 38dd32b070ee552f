"""Families in a few words."""

from datetime import date
from itertools import count

from xpassfam.people.access import ActingAccess
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


def acting(person: Person, home: Household, *, on: date = TODAY, permission: str = "all") -> ActingAccess:
    """An access, saved, as a request would carry it."""
    Access.objects.create(person=person, household=home, permission=permission, since=date(2020, 1, 1))
    return ActingAccess(
        person.pk, home.pk, on, permission, person.public_id, home.public_id, home.name, home.file_number, True
    )
