"""Letters that carry activation codes, printed whole or not at all; one, when an agent asks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from xpassfam.accounts import history
from xpassfam.accounts.actions import activation_codes
from xpassfam.accounts.models import Account, PostedCode
from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.people.models import Access, Household, Person, Residence, Separation, not_closed
from xpassfam.rules.ages import is_adult_on

MOST_LETTERS = 500  # the other writers of an embedded database wait for the print to end


@dataclass(frozen=True)
class Letter:
    person: Person
    home: Household | None
    code: str


@dataclass(frozen=True)
class Printed:
    letters: int
    left: int
    without_address: int
    held: int


class NeedsNone(Exception):
    """They have an account, or may have none: too young, gone from the register, without a member number."""


class Held(Exception):
    """A separation is declared in their only home: no letter is safe there."""


def print_one(
    person: Person, to: Callable[[list[Letter]], bytes], *, household: Household, by: Actor, at: datetime
) -> bytes:
    """One letter, now, whose code ends the one before; `household` is the file it is asked from, which tells it.

    Where the printer stops, no code is issued. Raise NeedsNone or Held.
    """
    with transaction.atomic():
        found = with_home(at=at).select_for_update(of=("self",)).get(pk=person.pk)
        if not may_have_code(
            found, has_account=Account.objects.filter(person=found).exists(), on=timezone.localdate(at)
        ):
            raise NeedsNone
        if Separation.objects.open().filter(household=found.home).exists():
            raise Held
        home = Household.objects.filter(pk=found.home).first()
        paper = to([Letter(found, home, activation_codes.issue(found, by=by, at=at))])
        PostedCode.objects.filter(printed_at=None, person=found).update(printed_at=at)
        facts: dict[str, Fact] = {"name": str(found)}
        write(history.CODE_REISSUED, by=by, at=at, household=household.public_id, person=found.public_id, facts=facts)
    return paper


def may_have_code(person: Person, *, has_account: bool, on: date) -> bool:
    """An adult of the register who has no account yet, and a number to sign up with."""
    is_there = person.closed_on is None or person.closed_on > on
    return is_there and not has_account and bool(person.member_number) and is_adult_on(on, born=person.birth_date)


def print_letters(
    to: Callable[[list[Letter]], object],
    *,
    to_all: bool = False,
    needs_address: bool = False,
    most: int = MOST_LETTERS,
    by: Actor,
    at: datetime,
) -> Printed:
    """Issue the codes of waiting letters and hand them to the printer `to`: they can't be read again.

    `to_all`: also of everybody who may act for a household and has neither an account nor a live code. All or nothing:
    where the printer stops, no letter counts as printed, no code is issued. Who has an account by now needs none.
    """
    with transaction.atomic():
        with_account = Account.objects.filter(person__isnull=False).values("person")
        PostedCode.objects.filter(printed_at=None, person__in=with_account).delete()
        wanted = _addressees(to_all=to_all, at=at)
        people = wanted.exclude(_is_held())
        reached = people.filter(_has_address()) if needs_address else people
        # Another print that ends meanwhile takes its letters out of the second reading.
        list(reached.select_for_update(of=("self",)).values_list("pk")[:most])
        chosen = list(reached[:most])
        left = reached.count() - len(chosen)
        without_address = people.exclude(_has_address()).count() if needs_address else 0
        homes = Household.objects.in_bulk([person.home for person in chosen if person.home])
        letters = [
            Letter(person, homes.get(person.home), activation_codes.issue(person, by=by, at=at)) for person in chosen
        ]
        PostedCode.objects.filter(printed_at=None, person__in=chosen).update(printed_at=at)
        to(letters)
        held = wanted.filter(_is_held()).count()
    return Printed(len(letters), left, without_address, held)


def _addressees(*, to_all: bool, at: datetime) -> "QuerySet[Any]":
    """Letters of a home follow each other: see `with_home`."""
    today = timezone.localdate(at)
    of_person = {"person": OuterRef("pk")}
    wanted = Q(Exists(PostedCode.objects.filter(printed_at=None, **of_person)))
    if to_all:
        wanted |= Q(
            ~Exists(Account.objects.filter(**of_person)),
            ~Exists(activation_codes.live(at).filter(**of_person)),
            Exists(Access.objects.open_on(today).filter(**of_person)),
            member_number__isnull=False,
        )
    return with_home(at=at).filter(wanted).order_by("home", "pk")


def with_home(*, at: datetime) -> "QuerySet[Any]":
    """Persons with `home`, their own, the newest where there are two.

    Not a home that they only act for: a guardian's code does not go to the family. Nor one where a separation is
    declared, while they have another: whoever stayed there would open the letter of who left.
    """
    today = timezone.localdate(at)
    of_person = {"person": OuterRef("pk")}
    stays = Residence.objects.open_on(today).filter(not_closed(today, "household__"), **of_person)
    stays = stays.annotate(is_frozen=Exists(Separation.objects.open().filter(household=OuterRef("household"))))
    home = stays.order_by("is_frozen", "-pk").values("household")[:1]
    return Person.objects.annotate(home=home)


def _is_held() -> Exists:
    """Who lives in a frozen home only: until it is settled no letter is safe there."""
    return Exists(Separation.objects.open().filter(household=OuterRef("home")))


def _has_address() -> Exists:
    there = Household.objects.filter(pk=OuterRef("home")).exclude(Q(address="") | Q(town=""))
    return Exists(there)
