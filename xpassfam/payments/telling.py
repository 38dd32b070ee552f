"""Who is written to when money changes its way: every adult who answers for the home, each at their own address."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from xpassfam.accounts.models import Account
from xpassfam.outbox.actions import send
from xpassfam.people.models import Access, Household, Person, Residence


def tell_adults(household: Household, template: str, *, at: datetime, context: Mapping[str, str]) -> None:
    """By mail, in the caller's transaction: to its holder, its partner, and whoever may do everything in its name."""
    persons = adults_of(household, at=at)
    accounts = {account.person_id: account for account in Account.objects.filter(person__in=persons, closed_at=None)}
    for person in persons:
        account = accounts.get(person.pk)
        email = account.email if account else person.email
        if email:
            first_name = account.first_name if account else person.first_name
            send(
                template,
                to=email,
                context={"first_name": first_name, "has_account": account is not None, **context},
                at=at,
                account_id=account.public_id if account else "",
            )


def adults_of(household: Household, *, at: datetime) -> list[Person]:
    day = timezone.localdate(at)
    couple = [Residence.Role.HOLDER, Residence.Role.PARTNER]
    stays = Residence.objects.open_on(day).filter(household=household, role__in=couple, person=OuterRef("pk"))
    accesses = Access.objects.open_on(day).filter(
        household=household, permission=Access.Permission.ALL, person=OuterRef("pk")
    )
    return list(Person.objects.filter(Q(Exists(stays)) | Q(Exists(accesses)), closed_on=None).order_by("pk"))
