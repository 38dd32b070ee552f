"""Who is written to when money changes its way: every adult who answers for the home, each at their own address."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from xpassfam.accounts.contacts import tell
from xpassfam.accounts.models.channels import Subject
from xpassfam.people.models import Access, Household, Person, Residence


def tell_adults(
    household: Household, template: str, *, at: datetime, context: Mapping[str, Any], subject: Subject | None = None
) -> None:
    """By mail, in the caller's transaction: to its holder, its partner, and whoever may do everything in its name."""
    for person in adults_of(household, at=at):
        tell(person, template, at=at, context=context, subject=subject)


def adults_of(household: Household, *, at: datetime) -> list[Person]:
    day = timezone.localdate(at)
    couple = [Residence.Role.HOLDER, Residence.Role.PARTNER]
    stays = Residence.objects.open_on(day).filter(household=household, role__in=couple, person=OuterRef("pk"))
    accesses = Access.objects.open_on(day).filter(
        household=household, permission=Access.Permission.ALL, person=OuterRef("pk")
    )
    return list(Person.objects.filter(Q(Exists(stays)) | Q(Exists(accesses)), closed_on=None).order_by("pk"))
