"""What an agent asked the family to complete."""

from typing import Self

from django.db import models
from django.db.models import Q

from xpassfam.filings.models.filing import Filing


class CompletionQuerySet(models.QuerySet["Completion"]):
    def open(self) -> Self:
        """Those that still wait for the family."""
        return self.filter(answered_at=None, closed_at=None)


class Completion(models.Model):
    """`fields` and `pieces` are keys of the definition that were ticked; `until` the last day to answer.

    `stops_clock`: it asks for something indispensable. Source: CRPA, art. L114-5, L114-5-1.
    """

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="completions")
    fields = models.JSONField(default=list)
    pieces = models.JSONField(default=list)
    text = models.TextField(max_length=2000)
    until = models.DateField()
    stops_clock = models.BooleanField(default=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=250)
    reminded_on = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)  # withdrawn, decided or expired without an answer

    objects = CompletionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["filing"], condition=Q(answered_at=None, closed_at=None), name="completion_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="completion_says_what"),
        ]
        indexes = [models.Index(fields=["until"], condition=Q(answered_at=None, closed_at=None), name="completion_due")]

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.closed_at is None
