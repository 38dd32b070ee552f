"""A right that was used: granted by a decision, for a time."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from xpassfam.people.models import Household, Person
from xpassfam.rules.rights import may_see_right
from xpassfam.rules.visibility import Viewer


class UseQuerySet(models.QuerySet["Use"]):
    def visible_to(self, access: Viewer) -> Self:
        """Of the home acted for: see `rules.rights.may_see_right`."""
        if may_see_right(access, person_id=None, household_id=access.household_id):
            return self.filter(household=access.household_id)
        return self.filter(household=access.household_id, person=access.person_id)

    def standing(self) -> Self:
        return self.filter(cancelled_at=None)


class Use(models.Model):
    """`person` is None where the right is the home's. It counts for the days from `since` to `until`, both included.

    `cause` is the public id of what granted it, as a value; `reference` is what the family reads of it.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="right_uses")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="right_uses")
    right = models.CharField(max_length=10)
    amount_cents = models.PositiveBigIntegerField(null=True)
    used_on = models.DateField()
    since = models.DateField()
    until = models.DateField()
    cause = models.CharField(max_length=32)
    reference = models.CharField(max_length=20, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=250)
    cancelled_at = models.DateTimeField(null=True)

    objects = UseQuerySet.as_manager()

    class Meta:
        ordering = ["used_on", "pk"]
        indexes = [models.Index(fields=["household", "used_on"], name="right_use_of_household")]
        constraints = [
            models.UniqueConstraint(
                fields=["cause", "right", "person"], condition=Q(cancelled_at=None), name="right_use_once_by_cause"
            ),
            models.UniqueConstraint(
                fields=["cause", "right"],
                condition=Q(cancelled_at=None, person=None),
                name="right_use_of_home_once_by_cause",
            ),
            models.CheckConstraint(condition=~Q(cause="") & ~Q(right=""), name="right_use_has_cause_and_right"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="right_use_ends_after_it_begins"),
        ]
