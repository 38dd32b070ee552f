"""What a register says becomes the portal's facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from xpassfam.journal.actions import Actor, write
from xpassfam.people import history
from xpassfam.people.actions.closing import Present, close_absent, returning
from xpassfam.people.actions.run import Applied, Run, Values, locked
from xpassfam.people.actions.staying import apply_stays
from xpassfam.people.models import Household, Person, Residence
from xpassfam.rules.identifiers import fold, normalise_file_number


@dataclass(frozen=True)
class Facts:
    """What a register says. A value that is absent is left as it is; nothing is ever deleted.

    `households` by file number, `persons` by the organisation's own key, `stays` by both. A stay's values
    are those of a residence and `permission`; one without `role` gives an access and no residence.
    """

    households: Mapping[str, Values] = field(default_factory=dict)
    persons: Mapping[str, Values] = field(default_factory=dict)
    stays: Mapping[tuple[str, str], Values] = field(default_factory=dict)


def apply(facts: Facts, *, by: Actor, at: datetime, whole: Present | None = None) -> Applied:
    """Bring the portal's facts in step with the register's, in one transaction; the same facts twice change nothing.

    KeyError where a stay names a household or a person that is neither in `facts` nor known. A household that
    something touches gets one line in its history and a new `facts_version`. With `whole`, who is absent is closed.
    """
    run = Run(today=timezone.localdate(at))
    with transaction.atomic():
        households = _apply_households(facts, run)
        persons = _apply_persons(facts, run)
        apply_stays(
            [
                (households[normalise_file_number(number)], persons[key], values)
                for (number, key), values in facts.stays.items()
            ],
            run=run,
        )
        if whole:
            close_absent(whole, run=run)
        _tell(run, by=by, at=at)
    return run.applied


def _apply_households(facts: Facts, run: Run) -> dict[str, Household]:
    """The households concerned, by their compared number."""
    keys = {normalise_file_number(number) for number in (*facts.households, *(number for number, _key in facts.stays))}
    known = {row.file_key: row for row in locked(Household.objects.filter(file_key__in=keys))}
    new = {}
    for number, values in facts.households.items():
        key = normalise_file_number(number)
        if key in known:
            changes = run.change(known[key], returning(known[key], values), kind="household")
            run.touch(known[key].pk, changes)
        else:
            new[key] = Household(file_number=number, **{"name": number, **values})
    Household.objects.bulk_create(new.values())
    run.applied.created["household"] += len(new)
    run.entered.update(row.pk for row in new.values())
    return known | new


def _apply_persons(facts: Facts, run: Run) -> dict[str, Person]:
    keys = {*facts.persons, *(key for _number, key in facts.stays)}
    known: dict[str, Person] = {
        str(row.register_key): row for row in locked(Person.objects.filter(register_key__in=keys))
    }
    new = {}
    changed: dict[int, list[str]] = {}
    for key, values in facts.persons.items():
        if key not in known:
            new[key] = Person(register_key=key, **values, search_name=_search_name(values))
        elif changes := run.change(
            known[key], returning(known[key], _with_search_name(known[key], values)), kind="person"
        ):
            changed[known[key].pk] = changes
    Person.objects.bulk_create(new.values())
    run.applied.created["person"] += len(new)
    homes = Residence.objects.open_on(run.today).filter(person__in=changed)
    for household_id, person_id in homes.values_list("household", "person"):
        run.touch(household_id, changed[person_id])
    return known | new


def _with_search_name(person: Person, values: Values) -> Values:
    names = {name: values.get(name, getattr(person, name)) for name in ("first_names", "last_name", "birth_name")}
    return {**values, "search_name": _search_name(names)}


def _search_name(values: Values) -> str:
    return fold(" ".join(values.get(name) or "" for name in ("first_names", "last_name", "birth_name")))


def _tell(run: Run, *, by: Actor, at: datetime) -> None:
    """One line and one new version for each household that something touched."""
    rows = Household.objects.in_bulk({*run.touched, *run.entered})
    for household in rows.values():
        if household.pk in run.entered:
            write(history.HOUSEHOLD_ENTERED, by=by, at=at, household=household.public_id)
            continue
        household.facts_version += 1
        changes = run.touched[household.pk]
        is_closed = household.closed_on and "household.closed_on" in changes
        kind = history.HOUSEHOLD_CLOSED if is_closed else history.HOUSEHOLD_UPDATED
        write(kind, by=by, at=at, household=household.public_id, facts={"changes": history.words_for(changes)})
    Household.objects.bulk_update(rows.values(), ["facts_version"])
