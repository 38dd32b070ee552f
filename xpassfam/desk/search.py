"""Which filings an agent means: a reference, a number of a file or of a member, a name spelt nearly right.

By index whatever is typed: see `people.searching` and `rules.references`.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from xpassfam.filings import for_desk
from xpassfam.filings.models import Filing
from xpassfam.filings.states import Status
from xpassfam.people.models import Household
from xpassfam.people.searching import find
from xpassfam.rules.identifiers import normalise_file_number
from xpassfam.rules.references import near_references, normalise_reference

PERSONS = 50
ROWS = 50
MOST_CANDIDATES = 500


@dataclass(frozen=True)
class Found:
    """What waits first, the first due first; then what ended, the latest first. `is_near`: none has the reference that
    was typed, and these are one slip away from it.
    """

    filings: list[Filing]
    is_all: bool
    is_near: bool = False


def search(text: str) -> Found:
    reference = normalise_reference(text)
    if reference:
        found = for_desk.rows(Filing.objects.filter(reference=reference))
        if found:
            return Found(found, True)
    home = Household.objects.filter(file_key=normalise_file_number(text) or "-").first()
    if home:
        return _sorted([_sent().filter(household=home)], is_all=True)
    known = find(text, size=PERSONS)
    persons = [person.pk for person in known.persons]
    if not persons:
        near = for_desk.rows(Filing.objects.filter(reference__in=near_references(text)))
        return Found(near, True, is_near=True)
    # Each way by its own index: a single statement with OR would read the whole table.
    ways = [_sent().filter(filed_by__in=persons), _sent().filter(about__in=persons)]
    return _sorted(ways, is_all=known.is_all)


def _sent() -> "QuerySet[Filing]":
    return Filing.objects.exclude(status=Status.DRAFT)


def _sorted(ways: "list[QuerySet[Filing]]", *, is_all: bool) -> Found:
    keys: set[int] = set()
    for way in ways:
        # In no order: asked for the latest, a database may well read the whole table backwards to find them.
        keys.update(way.order_by().values_list("pk", flat=True)[:MOST_CANDIDATES])
    found = for_desk.rows(Filing.objects.filter(pk__in=sorted(keys, reverse=True)[: ROWS + 1]))
    found.sort(key=lambda one: (not one.is_pending, _rank(one)))
    return Found(found[:ROWS], is_all and len(found) <= ROWS)


def _rank(filing: Filing) -> float:
    if filing.is_pending and filing.due_on:
        return filing.due_on.toordinal()
    return -(filing.ended_at or filing.saved_at).timestamp()
