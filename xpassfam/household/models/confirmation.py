"""« Tout est exact »."""

from django.db import models
from django.db.models import Q

from xpassfam.people.models import Household, Person


class Confirmation(models.Model):
    """Somebody confirmed the data of a home, or their own. The latest counts."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="confirmations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="confirmations")
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

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
