"""Families, accounts and sign-ups, many at once, written as rows: how they come about is not what is measured."""

from datetime import date, timedelta
from itertools import count

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from xpassfam.accounts.models import Account, PendingSignUp
from xpassfam.people.models import Access, Household, Person, Residence
from xpassfam.rules.identifiers import fold

PASSWORD = "girafe-lavande-tambour-7"
WRONG_PASSWORD = "canot-brume-tuile-41"
Role = Residence.Role
_numbers = count(1)


def persons(number: int) -> list[Person]:
    """Grown-ups with a member number each, in no household."""
    found = [_person(f"Camille{n} Martin", date(1988, 4, 12), n) for n in (next(_numbers) for _ in range(number))]
    return Person.objects.bulk_create(found)


def accounts(number: int, *, size: int = 0, **facts: object) -> list[Account]:
    """Accounts, with the same password; `size`: each acts for a household of that many persons."""
    adults = persons(number)
    if size:
        for adult in adults:
            _household(adult, size)
    encoded = make_password(PASSWORD)
    return Account.objects.bulk_create(
        Account(
            email=f"camille{adult.pk}@example.org",
            first_name="Camille",
            last_name="Martin",
            person=adult,
            password=encoded,
            **facts,
        )
        for adult in adults
    )


def sign_ups(number: int) -> list[PendingSignUp]:
    """Sign-ups that wait for their e-mail, whose address has no account."""
    encoded, now = make_password(PASSWORD), timezone.now()
    return PendingSignUp.objects.bulk_create(
        PendingSignUp(
            email=f"attente{next(_numbers)}@example.org",
            first_name="Camille",
            last_name="Martin",
            password=encoded,
            password_tag=256,  # no password has it: the tag is one of 256, and would add a hash once in so many
            outcome=PendingSignUp.Outcome.OPEN,
            created_at=now,
            sent_at=now,
            code_expires_at=now + timedelta(minutes=30),
        )
        for _ in range(number)
    )


def new_address() -> str:
    """An e-mail that nobody has given yet."""
    return f"personne{next(_numbers)}@example.org"


def _household(adult: Person, size: int) -> None:
    home = Household.objects.create(name="Foyer Martin", file_number=f"D-{next(_numbers):06}")
    Access.objects.create(person=adult, household=home, since=date(2020, 1, 1))
    children = [_person(f"Enfant{rank} Martin", date(2014, 2, 3), None, mark=rank) for rank in range(2, size + 1)]
    stays = [(adult, Role.HOLDER), *((child, Role.DEPENDENT_CHILD) for child in Person.objects.bulk_create(children))]
    Residence.objects.bulk_create(
        Residence(person=person, household=home, role=role, rank=rank, is_shared=rank % 2 == 0)
        for rank, (person, role) in enumerate(stays, start=1)
    )


def _person(name: str, born: date, number: int | None, mark: int = 1) -> Person:
    first_names, _, last_name = name.partition(" ")
    return Person(
        first_names=first_names,
        last_name=last_name,
        search_name=fold(name),
        birth_date=born,
        mark=mark,
        member_number=number and f"ESF-2019-{number:06}-K",
    )
