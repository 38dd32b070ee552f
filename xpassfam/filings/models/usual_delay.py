"""How long answers really take."""

from django.db import models
from django.db.models import Q

from xpassfam.procedures.models import Procedure


class UsualDelay(models.Model):
    """Eight filings in ten were answered in less than `days`, of the `count` decided in the last 60 days."""

    procedure = models.OneToOneField(Procedure, on_delete=models.CASCADE, related_name="usual_delay")
    days = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    measured_on = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(days__gte=1), name="usual_delay_at_least_a_day")]
