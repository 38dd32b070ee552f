"""How often what was valid was asked for again: measured, and shown to families."""

from django.db import models
from django.db.models import Q


class AskedAgain(models.Model):
    """In the month that begins on `month`: `pieces` were given for requests, newly or again; of documents accepted and
    still valid, `again` were asked for once more.
    """

    month = models.DateField(unique=True)
    pieces = models.PositiveIntegerField()
    again = models.PositiveIntegerField()

    class Meta:
        ordering = ["month"]
        constraints = [models.CheckConstraint(condition=Q(month__day=1), name="asked_again_by_month")]
