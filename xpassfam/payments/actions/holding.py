"""What is done to orders is done under the hold of their homes: no account changes meanwhile, nobody is quicker."""

from collections.abc import Iterable
from datetime import datetime

from xpassfam.payments.models import BankDetails, PaymentOrder
from xpassfam.people.models import Household


def hold_orders(orders: Iterable[PaymentOrder]) -> list[PaymentOrder]:
    """The same as they stand now, the oldest first; locked until the transaction ends. Homes first, in order."""
    keys = [one.pk for one in orders]
    homes = PaymentOrder.objects.filter(pk__in=keys).order_by().values("household")
    list(Household.objects.select_for_update(of=("self",)).filter(pk__in=homes).order_by("pk"))
    held = PaymentOrder.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(held.select_related("household", "account").order_by("ordered_at", "pk"))


def active_accounts(orders: Iterable[PaymentOrder], *, at: datetime) -> dict[int, BankDetails]:
    """By home, the account that serves at that moment. One query."""
    homes = {one.household_id for one in orders}
    return {one.household_id: one for one in BankDetails.objects.filter(household__in=homes).active(at)}
