"""A family's facts as rules look at them, read from the database: a fixed number of queries for any number of homes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from xpassfam.documents.models import Document, Verdict
from xpassfam.entitlements.home import Earning, Home, Resident, Spell, Used, bracket_on
from xpassfam.entitlements.models import Use
from xpassfam.entitlements.published import NoRules, rules_on
from xpassfam.organisation.models import current as current_organisation
from xpassfam.people.models import Activity, Household, Income, Residence
from xpassfam.rules.names import called_by

# Rows, not objects: a batch reads a register's worth.
STAY = (
    "household_id",
    "person_id",
    "role",
    "is_shared",
    "aid_share",
    "since",
    "until",
    "person__public_id",
    "person__first_names",
    "person__last_name",
    "person__birth_date",
    "person__mark",
)


def home_of(household: Household) -> Home:
    """Five queries. What it tells is the organisation's: who reads it is asked by the page."""
    return homes_of([household])[household.pk]


def homes_of(households: Iterable[Household]) -> dict[int, Home]:
    """By primary key. Five queries."""
    by_pk = {one.pk: one for one in households}
    keys = list(by_pk)
    at_home = Residence.objects.filter(household__in=keys).order_by("rank", "pk")
    stays: list[Any] = list(at_home.values_list(*STAY, named=True))
    papers = _papers(keys)
    activities = _activities({stay.person_id for stay in stays})
    residents: dict[int, list[Resident]] = defaultdict(list)
    for stay in stays:
        own = papers[(stay.household_id, stay.person_id)], activities[stay.person_id]
        residents[stay.household_id].append(_resident(stay, papers=own[0], activities=own[1]))
    earnings = _earnings(keys)
    uses = _uses(keys)
    profile = current_organisation().legal_profile
    return {
        pk: Home(
            key=one.public_id,
            residents=tuple(residents[pk]),
            earnings=tuple(earnings[pk]),
            uses=tuple(uses[pk]),
            profile=profile,
            closed_on=one.closed_on,
        )
        for pk, one in by_pk.items()
    }


def bracket_known(household_id: int, on: date) -> str:
    """The home's bracket of income that day; empty where it is not known, or no rules are published. Two queries."""
    begun = Income.objects.filter(household=household_id, month__lte=on).order_by("month", "recorded_at", "pk").last()
    try:
        vocabulary = rules_on(on).vocabulary
    except NoRules:
        return ""
    earning = Earning(begun.month, begun.quotient_cents, begun.source) if begun else None
    return bracket_on(earning, on, vocabulary)


def _resident(stay: Any, *, papers: list[Spell], activities: list[Spell]) -> Resident:
    name = called_by(stay.person__first_names)
    return Resident(
        key=stay.person__public_id,
        name=name,
        role=stay.role,
        born=stay.person__birth_date,
        share=stay.aid_share if stay.is_shared else 100,
        since=stay.since,
        until=stay.until,
        papers=tuple(papers),
        activities=tuple(activities),
        person_id=stay.person_id,
        full_name=f"{name} {stay.person__last_name}",
        mark=stay.person__mark,
    )


def _activities(people: Iterable[int]) -> Mapping[int, list[Spell]]:
    found: dict[int, list[Spell]] = defaultdict(list)
    told = Activity.objects.filter(person__in=people).values_list("person_id", "kind", "since", "until")
    for person, kind, since, until in told:
        found[person].append(Spell(kind, since, until))
    return found


def _papers(keys: list[int]) -> Mapping[tuple[int, int], list[Spell]]:
    """What was accepted and still stands, of persons: a document that waits gives nothing yet, and takes nothing from
    the one that it is to replace."""
    found: dict[tuple[int, int], list[Spell]] = defaultdict(list)
    stands = Q(replaced_by=None) | ~Q(replaced_by__verdict=Verdict.ACCEPTED)
    given = Document.objects.filter(stands, household__in=keys, verdict=Verdict.ACCEPTED, is_private=False)
    columns: Any = given.exclude(person=None).values_list("household", "person", "kind", "issued_on", "valid_until")
    for household, person, kind, since, until in columns:
        found[(household, person)].append(Spell(kind, since, until))
    return found


def _earnings(keys: list[int]) -> Mapping[int, list[Earning]]:
    """The latest recorded of each month."""
    found: dict[int, dict[Any, Earning]] = defaultdict(dict)
    told = Income.objects.filter(household__in=keys).order_by("recorded_at", "pk")
    for household, month, cents, source in told.values_list("household_id", "month", "quotient_cents", "source"):
        found[household][month] = Earning(month, cents, source)
    return defaultdict(list, {pk: list(by_month.values()) for pk, by_month in found.items()})


def _uses(keys: list[int]) -> Mapping[int, list[Used]]:
    found: dict[int, list[Used]] = defaultdict(list)
    for one in Use.objects.standing().filter(household__in=keys).select_related("person"):
        key = one.person.public_id if one.person else ""
        found[one.household_id].append(
            Used(one.right, key, one.used_on, one.since, one.until, one.amount_cents, one.reference)
        )
    return found
