"""« Ce n’est pas moi »: a line of the history that its owner does not recognise, until an agent has dealt with it."""

from typing import Self

from django.db import models
from django.db.models import Q

from xpassfam.accounts.models.account import Account
from xpassfam.rules.identifiers import new_public_id


class ContestationQuerySet(models.QuerySet["Contestation"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)


class Contestation(models.Model):
    """The line is kept by value: it stands in the history, which has no foreign keys."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="contestations")
    line = models.CharField(max_length=64)  # its hash
    line_at = models.DateTimeField()
    what = models.TextField()
    line_device = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField()
    opened_on = models.CharField(max_length=80, blank=True)  # the device that says « Ce n’est pas moi »
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)

    objects = ContestationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["closed_at", "opened_at"], name="contestation_by_age")]
        constraints = [
            models.UniqueConstraint(fields=["account", "line"], name="contestation_once_per_line"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, answer="")
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(answer=""),
                name="contestation_closed_with_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.line[:8]}"
