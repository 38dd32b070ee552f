"""Somebody enters a home by a decision of the organisation, before its register says so."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import F, Max
from django.utils import timezone

from xpassfam.people.models import MARKS, Household, Person, Residence
from xpassfam.rules.identifiers import fold
from xpassfam.rules.visibility import CHILD


class AlreadyThere(Exception):
    """Somebody of that name and birth date lives in the home."""


class NotAName(Exception):
    """Nothing of it can be read or found: a dot, a drawing, marks alone."""


def add(
    household: Household,
    *,
    role: str,
    last_name: str,
    first_names: str,
    birth_date: date,
    since: date,
    is_shared: bool = False,
    at: datetime,
) -> Person:
    """A person of this home. For a caller who holds it and writes the line. Raise AlreadyThere or NotAName."""
    if not is_name(last_name) or not is_name(first_names):
        raise NotAName
    search_name = fold(f"{first_names} {last_name}")
    living = Residence.objects.open_on(timezone.localdate(at)).filter(household=household)
    same = living.filter(person__birth_date=birth_date, person__search_name__startswith=fold(first_names).split()[0])
    if any(fold(stay.person.last_name) == fold(last_name) for stay in same.select_related("person")):
        raise AlreadyThere
    someone = Person.objects.create(
        last_name=last_name,
        first_names=first_names,
        search_name=search_name,
        birth_date=birth_date,
        mark=_free_mark(household),
    )
    settle_in(someone, household, role=role, since=since, is_shared=is_shared)
    return someone


def is_name(text: str) -> bool:
    return bool(fold(text).strip())


def settle_in(someone: Person, household: Household, *, role: str, since: date, is_shared: bool) -> Residence:
    """One more home for somebody. For a caller who holds it and writes the line."""
    last = Residence.objects.filter(household=household).aggregate(last=Max("rank"))["last"] or 0
    stay = Residence.objects.create(
        household=household, person=someone, role=role, rank=last + 1, since=since, is_shared=is_shared
    )
    Household.objects.filter(pk=household.pk).update(facts_version=F("facts_version") + 1)
    return stay


def share(
    child: Person, homes: list[Household], *, since: date, shares: Mapping[int, int] | None = None, at: datetime
) -> None:
    """The child lives in each of the homes from then on. For a caller who holds them and writes the lines.

    `shares`: what a home gets of the aids for the child, in percent, by its primary key; half where it is not said.
    A home that the child is to enter on a day to come is not entered twice.
    """
    stays = Residence.objects.exclude(until__lte=timezone.localdate(at)).filter(person=child, household__in=homes)
    there = set(stays.values_list("household", flat=True))
    stays.update(is_shared=True)
    for home in homes:
        if home.pk not in there:
            settle_in(child, home, role=CHILD, since=since, is_shared=True)
    for pk, share_in_percent in (shares or {}).items():
        stays.filter(household=pk).update(aid_share=share_in_percent)
    Household.objects.filter(pk__in=there).update(facts_version=F("facts_version") + 1)


def begin_anew(child: str, *, besides: Household, since: date, put_right: date) -> None:
    """In the other homes that the child (a public identifier) entered that day: it was another day."""
    stays = Residence.objects.filter(person__public_id=child, is_shared=True, until=None, since=since)
    stays.exclude(household=besides).update(since=put_right)


def _free_mark(household: Household) -> int:
    taken = set(Person.objects.filter(residences__household=household).values_list("mark", flat=True))
    return next((mark for mark in range(1, MARKS + 1) if mark not in taken), 1)
