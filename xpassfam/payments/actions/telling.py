"""Families are told that they were paid: once, a mail for each home, whatever was noted together.

Sums and the end of the account, no label: what an aid is for may be nobody else's to read in a mailbox. Nothing
while a separation is declared, as on the pages: see `rules.visibility.may_see_payments`.
"""

from datetime import date, datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from xpassfam.accounts.models.channels import Subject
from xpassfam.jobs import job
from xpassfam.payments.models import PaymentOrder
from xpassfam.payments.telling import tell_adults
from xpassfam.people.models import Household, Separation
from xpassfam.ui import words

# What was noted long before is no news: a family that was never written to reads it on its pages.
NEWS = timedelta(days=2)


@job()
def tell_paid() -> None:
    """May run twice: each home in a transaction of its own, in which its orders are marked."""
    now = timezone.now()
    for home in set(_untold(now).order_by().values_list("household", flat=True)):
        _tell_home(home, at=now)


def tell_undone(ordered: PaymentOrder, *, at: datetime) -> None:
    """In the caller's transaction: what they were told was wrong."""
    if not _is_parting(ordered.household):
        context = {"cents": ordered.amount_cents}
        tell_adults(ordered.household, "payments/mail/undone", at=at, context=context, subject=Subject.PAYMENTS)


@transaction.atomic
def _tell_home(home: int, *, at: datetime) -> None:
    household = Household.objects.select_for_update(of=("self",)).get(pk=home)
    found = list(_untold(at).filter(household=household).select_related("account").order_by("paid_on", "account", "pk"))
    PaymentOrder.objects.filter(pk__in=[one.pk for one in found]).update(was_told=True)
    if not found or _is_parting(household):
        return
    lines = [
        {"cents": sum(one.amount_cents for one in ones), "day": words.full_day(day), "end": end}
        for (day, end), ones in ((key, list(group)) for key, group in groupby(found, key=_day_and_account))
    ]
    tell_adults(household, "payments/mail/paid", at=at, context={"lines": lines}, subject=Subject.PAYMENTS)


def _untold(at: datetime) -> "QuerySet[PaymentOrder]":
    return PaymentOrder.objects.filter(status=PaymentOrder.Status.PAID, was_told=False, noted_at__gt=at - NEWS)


def _day_and_account(one: PaymentOrder) -> tuple[date, str]:
    assert one.paid_on  # noqa: S101 (a constraint says so)
    return one.paid_on, one.account.iban_end if one.account else ""


def _is_parting(household: Household) -> bool:
    return Separation.objects.open().filter(household=household).exists()
