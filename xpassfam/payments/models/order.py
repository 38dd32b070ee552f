"""What is to be paid to a household, once."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xpassfam.people.models import Household
from xpassfam.rules.identifiers import new_public_id
from xpassfam.rules.visibility import Viewer, may_see_payments


class PaymentOrderQuerySet(models.QuerySet["PaymentOrder"]):
    def visible_to(self, access: Viewer) -> Self:
        """Of the home acted for: see `rules.visibility.may_see_payments`."""
        if not may_see_payments(access, access.household_id):
            return self.none()
        return self.filter(household=access.household_id)


class PaymentOrder(models.Model):
    """`cause` is the public id of what granted it, as a value; `label` what it is, as the family reads it.

    The account is not here: what is active on the day of the payment is paid.
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

    objects = PaymentOrderQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["ordered_at", "id"], condition=Q(status="ordered"), name="payment_order_queue"),
            models.Index(fields=["household", "-ordered_at"], name="payment_order_of_household"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cause", "label"], name="payment_order_once_by_cause"),
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="payment_order_is_of_something"),
            models.CheckConstraint(condition=~Q(cause="") & ~Q(label=""), name="payment_order_has_cause_and_label"),
            models.CheckConstraint(
                condition=Q(status__in=["ordered", "paid", "cancelled"]), name="payment_order_status_is_known"
            ),
        ]
