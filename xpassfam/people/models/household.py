"""A family unit."""

from typing import Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Replace, Upper

from xpassfam.rules.identifiers import new_public_id
from xpassfam.rules.visibility import Viewer


class HouseholdQuerySet(models.QuerySet["Household"]):
    def visible_to(self, access: Viewer) -> Self:
        """The one home acted for: see `rules.visibility.may_see_household`."""
        return self.filter(pk=access.household_id)


class Household(models.Model):
    """A family unit: the organisation's file, with its own address."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    file_number = models.CharField(max_length=20)
    file_key = models.GeneratedField(  # the number as it is compared: see `rules.identifiers.normalise_file_number`
        expression=Replace(Replace(Upper("file_number"), Value("-")), Value(" ")),
        output_field=models.CharField(max_length=20),
        db_persist=True,
        unique=True,
    )
    name = models.CharField(max_length=120)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    town = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, default="FR")
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.CharField(max_length=120, blank=True)
    facts_version = models.PositiveIntegerField(default=1)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(file_number=""), name="household_has_file_number"),
            models.CheckConstraint(condition=~Q(name=""), name="household_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
