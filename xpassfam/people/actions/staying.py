"""Who lives in which household, in which order, and who may act for it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet

from xpassfam.people.actions.run import Run, Values
from xpassfam.people.models import MARKS, Access, Household, Person, Residence
from xpassfam.rules.visibility import usual_permission

Row = TypeVar("Row", Residence, Access)
Pair = tuple[int, int]


def apply_stays(stays: Sequence[tuple[Household, Person, Values]], *, run: Run) -> None:
    """Open, change and end residences, and the accesses that go with them."""
    homes = [household.pk for household, _person, _values in stays]
    members = [person.pk for _household, person, _values in stays]
    residences = _latest(Residence.objects.filter(household__in=homes))
    accesses = _latest(Access.objects.filter(household__in=homes, person__in=members))
    marks = _Marks(homes, members)
    for household, person, values in stays:
        pair = household.pk, person.pk
        facts = dict(values)
        permission, until = facts.pop("permission", None), None
        if "role" in facts:
            residence, is_new = _settle(household, person, facts, residences, run)
            until = residence.until if permission is None else None
            if is_new:
                marks.give(person, household)
                permission = permission or usual_permission(residence.role, born=person.birth_date, on=run.today)
        _grant(pair, accesses.get(pair), permission, run=run, until=run.today if permission == "none" else until)
    marks.save()
    _share(members, run)


def _settle(
    household: Household, person: Person, facts: dict[str, Any], residences: dict[Pair, Residence], run: Run
) -> tuple[Residence, bool]:
    """The residence that the register means, and whether it is new.

    A stay that ended is begun again only where the register dates the return: what was ended in the portal
    stays ended.
    """
    residence = residences.get((household.pk, person.pk))
    since = facts.get("since")
    if residence and not (residence.until and since and since >= residence.until):
        if facts.get("until") is None:
            facts.pop("until", None)
        elif begun := facts.get("since") or residence.since:
            facts["until"] = max(facts["until"], begun)
        run.touch(household.pk, run.change(residence, facts, kind="residence"))
        return residence, False
    ranks = [row.rank for (home, _person), row in residences.items() if home == household.pk]
    residence = Residence.objects.create(household=household, person=person, rank=1 + max(ranks, default=0), **facts)
    residences[household.pk, person.pk] = residence
    run.applied.created["residence"] += 1
    run.touch(household.pk, ["residents"])
    return residence, True


def _grant(pair: Pair, access: Access | None, permission: str | None, *, run: Run, until: date | None) -> None:
    """Give, change or end an access. Who leaves a household loses it; a register never gives back one that ended."""
    household_id, person_id = pair
    if access is None and permission in Access.Permission.values and not until:
        Access.objects.create(household_id=household_id, person_id=person_id, permission=permission, since=run.today)
        run.applied.created["access"] += 1
        run.touch(household_id, ["accesses"])
    elif access and not access.until and until:
        run.touch(household_id, run.change(access, {"until": max(until, access.since)}, kind="access"))
    elif access and not access.until and permission:
        run.touch(household_id, run.change(access, {"permission": permission}, kind="access"))
    elif access:
        run.applied.same["access"] += 1


def _share(members: Iterable[int], run: Run) -> None:
    """A child who lives in two open homes is shared by both, whatever the register forgot to say."""
    children = Residence.objects.open_on(run.today).filter(person__in=members, role=Residence.Role.DEPENDENT_CHILD)
    homes: dict[int, list[Residence]] = {}
    for residence in children:
        homes.setdefault(residence.person_id, []).append(residence)
    for residences in homes.values():
        for residence in residences:
            if len(residences) > 1 and not residence.is_shared:
                run.touch(residence.household_id, run.change(residence, {"is_shared": True}, kind="residence"))


def _latest(rows: "QuerySet[Row]") -> dict[Pair, Row]:
    return {(row.household_id, row.person_id): row for row in rows.order_by("pk")}


class _Marks:
    """Shapes and colours: the first that nobody in the home has, kept for life."""

    def __init__(self, homes: Iterable[int], members: Iterable[int]) -> None:
        self.taken: dict[int, set[int]] = {}
        for home, mark in Residence.objects.filter(household__in=homes).values_list("household", "person__mark"):
            self.taken.setdefault(home, set()).add(mark)
        self.settled = set(Residence.objects.filter(person__in=members).values_list("person", flat=True))
        self.given: list[Person] = []

    def give(self, person: Person, household: Household) -> None:
        taken = self.taken.setdefault(household.pk, set())
        if person.pk not in self.settled:
            person.mark = next((mark for mark in range(1, MARKS + 1) if mark not in taken), 1)
            self.settled.add(person.pk)
            self.given.append(person)
        taken.add(person.mark)

    def save(self) -> None:
        Person.objects.bulk_update(self.given, ["mark"])
