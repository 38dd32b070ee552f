"""A decision grants money: an order to pay it, once."""

from datetime import datetime

from django.db import transaction

from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.payments import history
from xpassfam.payments.models import PaymentOrder
from xpassfam.people.actions.holding import hold
from xpassfam.people.models import Household
from xpassfam.ui import words


class AlreadyOrdered(Exception):
    """The same cause ordered the same thing: nobody is paid twice for one decision."""


@transaction.atomic
def order(household: Household, *, amount_cents: int, label: str, cause: str, by: Actor, at: datetime) -> PaymentOrder:
    """Note what is to be paid to the holder of the account, or to the home by its name as long as it gave none.

    `cause`: the public id of what granted it; `label`: what it is, as the family reads it. Raise AlreadyOrdered, and
    ValueError for what is no sum.
    """
    if amount_cents <= 0:
        raise ValueError("an order is of something")
    hold(household.pk)
    standing = PaymentOrder.objects.exclude(status=PaymentOrder.Status.CANCELLED)
    if standing.filter(cause=cause, label=label).exists():
        raise AlreadyOrdered
    account = household.bank_details.active(at).first()
    ordered = PaymentOrder.objects.create(
        household=household,
        beneficiary=account.holder if account else household.name,
        amount_cents=amount_cents,
        label=label,
        cause=cause,
        ordered_at=at,
        ordered_by=by.name,
    )
    facts: dict[str, Fact] = {"amount": words.euros(amount_cents), "label": label}
    write(history.ORDERED, by=by, at=at, household=household.public_id, facts=facts)
    return ordered
