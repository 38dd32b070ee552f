"""What a home lives on, as it was last proved."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xpassfam.people.models.household import Household
from xpassfam.rules.visibility import Viewer, may_see_payments


class IncomeQuerySet(models.QuerySet["Income"]):
    def visible_to(self, access: Viewer) -> Self:
        """Of the home acted for, for who reads everything there: see `rules.visibility.may_see_payments`."""
        reads = may_see_payments(access, access.household_id)
        return self.filter(household=access.household_id) if reads else self.none()


class Income(models.Model):
    """A quotient familial of one month. The latest month stands; the others remain, for rights of the past.

    `cause` is the public id of what it was recorded from, as a value.
    """

    class Source(models.TextChoices):
        CAF = "caf", _("attestation CAF")
        MSA = "msa", _("attestation MSA")
        TAX = "tax", _("avis d’impôt")
        RESOURCES = "resources", _("calcul sur vos ressources")

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="incomes")
    quotient_cents = models.PositiveIntegerField()
    month = models.DateField()  # its first day
    source = models.CharField(max_length=12, choices=Source)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=250)
    cause = models.CharField(max_length=32, blank=True)

    objects = IncomeQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-recorded_at"]
        indexes = [models.Index(fields=["household", "-month"], name="income_of_household")]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="income_month_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(source__in=["caf", "msa", "tax", "resources"]), name="income_source_is_known"
            ),
        ]
