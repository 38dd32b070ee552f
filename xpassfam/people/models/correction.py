"""What a family changed and the organisation's own file may not know yet."""

from typing import Self

from django.db import models
from django.db.models import Q

from xpassfam.people.models.household import Household


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def standing(self) -> Self:
        """Those that still hold against the register."""
        return self.filter(outcome="")


class Correction(models.Model):
    """A fact of a person or of a home, changed here: `before` is what the register says until it learns.

    Both are columns with their text, as `{"phone": "+33639980013"}`; an address is one fact of four columns.
    """

    class Outcome(models.TextChoices):
        TAKEN = "taken"  # the register says the same now
        OVERRULED = "overruled"  # the register says something else, newer than both
        REPLACED = "replaced"  # the family changed it again, or back

    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="corrections")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="corrections")
    field = models.CharField(max_length=20)
    before = models.JSONField()
    after = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=250)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    settled_at = models.DateTimeField(null=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["at"], condition=Q(outcome=""), name="correction_standing")]
        constraints = [
            models.CheckConstraint(
                condition=Q(household__isnull=True, person__isnull=False)
                | Q(household__isnull=False, person__isnull=True),
                name="correction_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["household", "field"],
                condition=Q(outcome="", household__isnull=False),
                name="correction_of_household_stands_once",
            ),
            models.UniqueConstraint(
                fields=["person", "field"],
                condition=Q(outcome="", person__isnull=False),
                name="correction_of_person_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "taken", "overruled", "replaced"]), name="correction_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None) | (~Q(outcome="") & Q(settled_at__isnull=False)),
                name="correction_settled_has_its_time",
            ),
        ]
