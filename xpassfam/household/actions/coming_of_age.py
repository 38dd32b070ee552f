"""Eighteen, announced to the child and to those with whom they live."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts.contacts import tell
from xpassfam.accounts.models.channels import Subject
from xpassfam.household.actions.inviting import post_code_if_needed
from xpassfam.journal.actions import Actor
from xpassfam.people.actions import coming_of_age
from xpassfam.people.models import Person, Residence, not_closed
from xpassfam.rules.majority import Step, majority_on
from xpassfam.rules.visibility import COUPLE_ROLES

SYSTEM = Actor(kind="system")
TO_CHILD = "household/mail/majority_own"
TO_PARENT = "household/mail/majority_child"


def announce(*, at: datetime) -> int:
    """Say what is due today, each once, whatever dies half-way; return how many children were concerned."""
    due = coming_of_age.due(on=timezone.localdate(at))
    for child, step in due:
        with transaction.atomic():
            if coming_of_age.note(child, step, at=at):
                _announce(child, step, at=at)
    return len(due)


def _announce(child: Person, step: Step, *, at: datetime) -> None:
    if step is Step.DAY:
        coming_of_age.let_in(child, by=SYSTEM, at=at)
        post_code_if_needed(child, at=at)
    assert child.birth_date  # noqa: S101
    context = {"step": str(step), "day": f"{majority_on(child.birth_date).isoformat()}T12:00:00Z"}
    tell(child, TO_CHILD, at=at, context=context, subject=Subject.HOME)
    for parent in _parents(child, at=at):
        tell(parent, TO_PARENT, at=at, context=context | {"name": child.first_name}, subject=Subject.HOME)


def _parents(child: Person, *, at: datetime) -> list[Person]:
    """Holder and partner of each home where the child lives; each gets a mail of their own, that names no other."""
    today = timezone.localdate(at)
    homes = Residence.objects.open_on(today).filter(not_closed(today, "household__"), person=child).values("household")
    stays = Residence.objects.open_on(today).filter(household__in=homes, role__in=COUPLE_ROLES)
    people = {stay.person_id: stay.person for stay in stays.select_related("person").order_by("pk")}
    return list(people.values())
