"""Who is absent from a whole register is closed, never deleted; who comes back is there again."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop

from xpassfam.people.actions.run import Run, Values, locked
from xpassfam.people.models import Access, Household, Person, Residence, not_closed

ABSENT = gettext_noop("Absent du registre")


@dataclass(frozen=True)
class Present:
    """Everybody that a whole register names, bad rows included. What it says nothing of stays as it is."""

    households: Set[str] = frozenset()  # compared numbers
    persons: Set[str] = frozenset()
    stays: Set[tuple[str, str]] = frozenset()


def close_absent(present: Present, *, run: Run) -> None:
    """Close households and persons, end stays and the accesses that go with them.

    A closed person or household lets nobody in: `Access.objects.open_on`. Its accesses stay as they were
    granted, so that a register sent by mistake is mended by the right one.
    """
    closing = {"closed_on": run.today, "closed_reason": ABSENT}
    is_open = not_closed(run.today)
    if present.households:
        gone = _absent(Household.objects.filter(is_open).values_list("pk", "file_key"), present.households)
        for household in locked(Household.objects.filter(pk__in=gone)):
            run.touch(household.pk, run.change(household, closing, kind="household"))
    if present.persons:
        known = Person.objects.filter(is_open).exclude(register_key=None)
        gone = _absent(known.values_list("pk", "register_key"), present.persons)
        homes = Residence.objects.open_on(run.today).filter(person__in=gone).values_list("household", "person")
        for person in locked(Person.objects.filter(pk__in=gone)):
            run.change(person, closing, kind="person")
        for household_id, _person_id in homes:
            run.touch(household_id, ["residents"])
    if present.stays:
        _end_absent_stays(present, run=run)


def returning(row: Household | Person, values: Values) -> Values:
    """What was closed for being absent, and is named again, is open again."""
    if row.closed_on and row.closed_reason == ABSENT and "closed_on" not in values:
        return {**values, "closed_on": None, "closed_reason": ""}
    return values


def _end_absent_stays(present: Present, *, run: Run) -> None:
    """Only between a home and a person that are still there: who left one home no longer acts for it."""
    stays = Residence.objects.open_on(run.today).exclude(person__register_key=None)
    stays = stays.filter(not_closed(run.today, "household__"), not_closed(run.today, "person__"))
    pairs = stays.values_list("pk", "household__file_key", "person__register_key")
    gone = [pk for pk, number, key in pairs.iterator() if (number, key) not in present.stays]
    for residence in locked(Residence.objects.filter(pk__in=gone)):
        run.touch(residence.household_id, run.change(residence, {"until": run.today}, kind="residence"))
        accesses = Access.objects.filter(household=residence.household_id, person=residence.person_id, until=None)
        for access in locked(accesses):
            until = max(run.today, access.since)
            run.touch(access.household_id, run.change(access, {"until": until}, kind="access"))


def _absent(rows: Any, present: Set[str]) -> list[int]:
    known: Iterable[tuple[int, str]] = rows.iterator()
    return [pk for pk, key in known if key not in present]
