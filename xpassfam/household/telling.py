"""What happens to a change, told to the history of those who may know."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from xpassfam.household import history
from xpassfam.household.fields import FIELDS, on_one_line
from xpassfam.household.models import Change
from xpassfam.journal.actions import Actor, write
from xpassfam.people.models import Household, Residence


def what(change: Change) -> str:
    """« Inès Benali, prénoms », « adresse »."""
    label = str(FIELDS[change.field].label).lower()
    return f"{change.person}, {label}" if change.person else label


def record(change: Change, code: str, *, by: Actor, at: datetime, **more: str) -> None:
    """One line, in the caller's transaction."""
    field = FIELDS[change.field]
    write(
        history.kind_of(code, field),
        by=by,
        at=at,
        household=change.household.public_id,
        person=change.person.public_id if change.person else "",
        facts={"what": what(change), **values_in_words(change), **more},
    )


def record_in_other_homes(change: Change, *, at: datetime) -> None:
    """A child's other home learns what changed of the child, and nothing of who asked."""
    if change.person is None or FIELDS[change.field].is_private:
        return
    stays = Residence.objects.open_on(timezone.localdate(at)).filter(person=change.person)
    others = stays.filter(role=Residence.Role.DEPENDENT_CHILD).exclude(household=change.household)
    facts: Mapping[str, str] = {"what": what(change), **values_in_words(change)}
    for home in Household.objects.filter(pk__in=others.values("household")).order_by("pk"):
        write(
            history.SHARED_CHILD_CHANGED,
            by=Actor(kind="system"),
            at=at,
            household=home.public_id,
            person=change.person.public_id,
            facts=dict(facts),
        )


def values_in_words(change: Change) -> dict[str, str]:
    field = FIELDS[change.field]
    return {"before": on_one_line(field, change.before), "after": on_one_line(field, change.after)}
