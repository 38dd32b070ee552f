"""Personal data leave the portal for the organisation's own tool."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from xpassfam.household import history
from xpassfam.household.corrections import field_of
from xpassfam.journal.actions import Actor, Entry, write, write_many
from xpassfam.people.models import Correction, Residence

Homes = dict[int, list[str]]  # where each person lives, by public identifier


def give(*, by: Actor, at: datetime) -> int:
    """Tell each family which of its facts leave, and the organisation how many; return the last that does."""
    with transaction.atomic():
        given = list(Correction.objects.standing().select_related("household", "person").order_by("pk"))
        write_many(_entries(given, _homes(given, at=at)), by=by, at=at)
        write(history.EXPORTED, by=by, at=at, facts={"count": len(given)})
    return given[-1].pk if given else 0


def _homes(given: Iterable[Correction], *, at: datetime) -> Homes:
    found: Homes = defaultdict(list)
    persons = Correction.objects.filter(pk__in=[one.pk for one in given if one.person_id]).values("person")
    stays = Residence.objects.open_on(timezone.localdate(at)).filter(person__in=persons)
    for person, home in stays.order_by("pk").values_list("person", "household__public_id"):
        found[person].append(home)
    return found


def _entries(given: Iterable[Correction], homes: Homes) -> Iterator[Entry]:
    """One line a home for what its adults read, one an adult for what is theirs alone: which facts, no value."""
    whats: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in given:
        field, label = field_of(one), str(field_of(one).label).lower()
        if one.household:
            whats[one.household.public_id, ""].append(label)
        elif one.person and field.is_private:
            whats[(homes[one.person.pk] or [""])[0], one.person.public_id].append(label)
        elif one.person:
            for home in homes[one.person.pk]:
                whats[home, ""].append(f"{one.person}, {label}")
    for (home, person), labels in sorted(whats.items()):
        kind = history.GIVEN_TO_REGISTER_OWN if person else history.GIVEN_TO_REGISTER
        yield Entry(kind, household=home, person=person, facts={"what": "\u202f; ".join(labels)})
