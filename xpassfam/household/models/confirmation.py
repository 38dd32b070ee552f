"""« Tout est exact »."""

from typing import Self

from django.db import models
from django.db.models import Q

from xpassfam.people.models import Household, Person
from xpassfam.rules.confirmations import may_confirm_home
from xpassfam.rules.visibility import Viewer


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def visible_to(self, access: Viewer) -> Self:
        """The home's, for whoever confirms it too; else one's own."""
        if may_confirm_home(access):
            return self.filter(household=access.household_id)
        return self.filter(person=access.person_id)


class Confirmation(models.Model):
    """Somebody confirmed the data of a home, or their own. The latest counts."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="confirmations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="confirmations")
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["household", "-at"], name="confirmation_of_household"),
            models.Index(fields=["person", "-at"], name="confirmation_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(household__isnull=True, person__isnull=False)
                | Q(household__isnull=False, person__isnull=True),
                name="confirmation_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(confirmed_by=models.F("person")), name="confirmation_of_oneself_by_oneself"
            ),
        ]
