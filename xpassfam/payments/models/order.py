"""What is to be paid to a household, once."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xpassfam.payments.models.bank_details import BankDetails
from xpassfam.payments.models.batch import Batch
from xpassfam.people.models import Household
from xpassfam.rules.identifiers import new_public_id
from xpassfam.rules.visibility import Viewer, may_see_payments


class PaymentOrderQuerySet(models.QuerySet["PaymentOrder"]):
    def visible_to(self, access: Viewer) -> Self:
        """Of the home acted for: see `rules.visibility.may_see_payments`."""
        if not may_see_payments(access, access.household_id):
            return self.none()
        return self.filter(household=access.household_id)

    def to_pay(self) -> Self:
        """Those that nobody took to the organisation's tool yet."""
        return self.filter(status=PaymentOrder.Status.ORDERED, batch=None)

    def ready(self, at: datetime) -> Self:
        """To the account that serves at that moment, and goes on serving."""
        return self.to_pay().filter(_has("active", at), ~_has("coming", at))

    def waiting(self, at: datetime) -> Self:
        """The home gave another account, which it can still stop: what was ordered waits for it to serve."""
        return self.to_pay().filter(_has("coming", at))

    def without_account(self, at: datetime) -> Self:
        return self.to_pay().filter(~_has("active", at), ~_has("coming", at))

    def exported(self) -> Self:
        """Those that left, of which nobody said yet that they were paid."""
        return self.filter(status=PaymentOrder.Status.ORDERED, batch__isnull=False)


def _has(state: str, at: datetime) -> Exists:
    """Of the accounts that were given by then."""
    accounts = BankDetails.objects.filter(household=OuterRef("household"), changed_at__lte=at)
    return Exists(accounts.active(at) if state == "active" else accounts.coming(at))


class PaymentOrder(models.Model):
    """`cause` is the public id of what granted it, as a value; `label` what it is, as the family reads it.

    The `account` is the one that was active when it left in a batch, else on the day that it was noted as paid. The
    family `was_told` by mail once, unless what it was told proved wrong.
    """

    class Status(models.TextChoices):
        ORDERED = "ordered", _("À payer")
        PAID = "paid", _("Payé")
        CANCELLED = "cancelled", _("Annulé")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="payment_orders")
    beneficiary = models.CharField(max_length=120)
    amount_cents = models.PositiveBigIntegerField()
    label = models.CharField(max_length=140)
    cause = models.CharField(max_length=32)
    ordered_at = models.DateTimeField()
    ordered_by = models.CharField(max_length=250)
    status = models.CharField(max_length=12, choices=Status, default=Status.ORDERED)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="orders")
    account = models.ForeignKey(BankDetails, on_delete=models.PROTECT, null=True, related_name="+")
    paid_on = models.DateField(null=True)
    noted_at = models.DateTimeField(null=True)
    noted_by = models.CharField(max_length=250, blank=True)
    was_told = models.BooleanField(default=False)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=250, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)

    objects = PaymentOrderQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["ordered_at", "id"], condition=Q(status="ordered"), name="payment_order_queue"),
            models.Index(fields=["-paid_on", "-id"], condition=Q(status="paid"), name="payment_order_paid"),
            models.Index(fields=["noted_at"], condition=Q(status="paid", was_told=False), name="payment_order_to_tell"),
            models.Index(
                fields=["-cancelled_at", "-id"], condition=Q(status="cancelled"), name="payment_order_cancelled"
            ),
            models.Index(fields=["household", "-ordered_at"], name="payment_order_of_household"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cause", "label"], condition=~Q(status="cancelled"), name="payment_order_once_by_cause"
            ),
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="payment_order_is_of_something"),
            models.CheckConstraint(condition=~Q(cause="") & ~Q(label=""), name="payment_order_has_cause_and_label"),
            models.CheckConstraint(
                condition=Q(status__in=["ordered", "paid", "cancelled"]), name="payment_order_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status="paid", paid_on__isnull=False) | (~Q(status="paid") & Q(paid_on=None)),
                name="payment_order_paid_has_its_day",
            ),
            models.CheckConstraint(
                condition=(Q(status="cancelled", cancelled_at__isnull=False) & ~Q(cancel_reason=""))
                | (~Q(status="cancelled") & Q(cancelled_at=None, cancel_reason="")),
                name="payment_order_cancelled_has_its_reason",
            ),
        ]

    def may_be_undone(self, at: datetime) -> bool:
        """What was noted as paid is taken back the same day only: later, papers and families rely on it."""
        is_paid = self.status == self.Status.PAID
        return is_paid and self.noted_at is not None and timezone.localdate(self.noted_at) == timezone.localdate(at)
