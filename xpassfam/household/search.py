"""What an agent's search gives: persons, with the households that lead to them."""

from dataclasses import dataclass

from xpassfam.accounts.models import Account
from xpassfam.household.files import AccountState, account_states
from xpassfam.people.models import Access, Household, Person, Residence
from xpassfam.people.searching import Found, find
from xpassfam.rules.identifiers import normalise_email


@dataclass(frozen=True)
class Home:
    """A household that a person lives in, lived in, or acts for."""

    household: Household
    role: str
    is_past: bool


@dataclass(frozen=True)
class Result:
    person: Person
    account: AccountState
    homes: list[Home]


@dataclass(frozen=True)
class Results:
    rows: list[Result]
    is_all: bool


def search(text: str, *, size: int) -> Results:
    """Five queries besides those that find the persons, however many."""
    found = _with_accounts(text, find(text, size=size), size=size)
    persons = [person.pk for person in found.persons]
    accounts = {row.pk: row for row in Person.objects.filter(pk__in=persons).select_related("account")}
    states = account_states(accounts.values())
    homes = _homes(persons)
    rows = [Result(person, states[person.pk], list(homes.get(person.pk, {}).values())) for person in found.persons]
    return Results(rows, found.is_all)


def _with_accounts(text: str, found: Found, *, size: int) -> Found:
    """The address that somebody signs in with may not be the register's."""
    if "@" not in text:
        return found
    owners = Account.objects.filter(email=normalise_email(text), person__isnull=False).select_related("person")
    persons = {person.pk: person for person in (*found.persons, *(account.person for account in owners)) if person}
    return Found(list(persons.values())[:size], found.is_all)


def _homes(persons: list[int]) -> dict[int, dict[int, Home]]:
    """By person, then by household: where they live, else where they act, else where they lived."""
    found: dict[int, dict[int, Home]] = {}
    stays = Residence.objects.filter(person__in=persons).select_related("household").order_by("until", "pk")
    for stay in stays:
        home = Home(stay.household, str(Residence.Role(stay.role).label), is_past=stay.until is not None)
        found.setdefault(stay.person_id, {}).setdefault(stay.household_id, home)
    for access in Access.objects.filter(person__in=persons, until=None).select_related("household").order_by("pk"):
        home = Home(access.household, "", is_past=False)
        found.setdefault(access.person_id, {}).setdefault(access.household_id, home)
    return found
