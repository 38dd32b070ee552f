"""A separation, told to both in neutral words: nothing says where the other lives."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts import throttle
from xpassfam.accounts.contacts import tell
from xpassfam.accounts.models.channels import Subject
from xpassfam.household.actions.changing import drop_shared
from xpassfam.journal.actions import Actor
from xpassfam.people.access import ActingAccess
from xpassfam.people.actions import separating
from xpassfam.people.models import Person, Separation

DECLARED = "household/mail/separation_declared"
TAKEN_BACK = "household/mail/separation_taken_back"
SETTLED = "household/mail/separation_settled"
# Said, kept, said again: the other is asked once a day, and the page shows the rest.
ASKED_TO_AGREE = throttle.Scope("separation_taken_back", free=1, forget=timedelta(days=1), per_window=True)


def declare(*, viewer: ActingAccess, by: Actor, at: datetime) -> Separation:
    """Freeze sharing at once, and drop what waits for the home and its children. Raise NotAllowed."""
    with transaction.atomic():
        both = separating.couple(viewer.household_id, on=timezone.localdate(at))
        separation = separating.declare(viewer=viewer, by=by, at=at)
        drop_shared(viewer.household_id, by=by, at=at)
        _tell(both, DECLARED, separation, at=at)
    return separation


def take_back(separation: Separation, *, viewer: ActingAccess, by: Actor, at: datetime) -> Separation:
    with transaction.atomic():
        taken = separating.take_back(separation, viewer=viewer, by=by, at=at)
        both = separating.couple(viewer.household_id, on=timezone.localdate(at))
        others = [person for person in both if person.pk != viewer.person_id]
        if throttle.reserve(ASKED_TO_AGREE, str(separation.pk), at=at).allowed:
            _tell(others, TAKEN_BACK, taken, at=at)
    return taken


def maintain(separation: Separation, *, viewer: ActingAccess, by: Actor, at: datetime) -> Separation:
    return separating.maintain(separation, viewer=viewer, by=by, at=at)


def agree(separation: Separation, *, viewer: ActingAccess, by: Actor, at: datetime) -> Separation:
    with transaction.atomic():
        both = separating.couple(viewer.household_id, on=timezone.localdate(at))
        settled = separating.agree(separation, viewer=viewer, by=by, at=at)
        _tell(both, SETTLED, settled, at=at)
    return settled


def settle(separation: Separation, *, outcome: str, reason: str, by: Actor, at: datetime) -> Separation:
    """The organisation's decision. Raise NotAllowed or StillTogether."""
    with transaction.atomic():
        settled = separating.settle(separation, outcome=outcome, reason=reason, by=by, at=at)
        both = separating.couple(separation.household_id, on=timezone.localdate(at))
        concerned = {person.pk: person for person in (*both, separation.declared_by)}
        _tell(list(concerned.values()), SETTLED, settled, at=at)
    return settled


def _tell(persons: list[Person], template: str, separation: Separation, *, at: datetime) -> None:
    """The address, the other's name and what was decided elsewhere stay out of it."""
    for person in persons:
        is_mine = person.pk == separation.declared_by_id
        context = {"is_mine": is_mine, "at": at.isoformat(), "outcome": separation.outcome}
        tell(person, template, at=at, context=context, subject=Subject.HOME)
