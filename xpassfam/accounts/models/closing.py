"""An account that is to close: its owner asked for it, or nobody has used it for long."""

from django.db import models
from django.db.models import Q

from xpassfam.accounts.models.account import Account


class Closing(models.Model):
    """Until `due_at` it can be stopped: by the link whose digest this is, from the account itself, and, where nobody
    used it, by signing in. `warned_days`: the last warning that was sent.
    """

    class Cause(models.TextChoices):
        ASKED = "asked", "asked"
        INACTIVE = "inactive", "inactive"

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="closing")
    cause = models.CharField(max_length=8, choices=Cause)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    digest = models.CharField(max_length=64, unique=True)
    warned_days = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cause__in=["asked", "inactive"]), name="closing_cause_is_known"),
            models.CheckConstraint(condition=Q(due_at__gt=models.F("asked_at")), name="closing_leaves_time"),
        ]
