"""When somebody last opened a document: the history tells it once an hour, not at each page."""

from django.db import models

from xpassfam.documents.models.document import Document


class Opening(models.Model):
    class Act(models.TextChoices):
        READ = "read", "read"
        TAKEN = "taken", "taken"

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="openings")
    reader = models.CharField(max_length=32)  # the public id of an account
    act = models.CharField(max_length=8, choices=Act)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "reader", "act"], name="opening_once_by_reader"),
            models.CheckConstraint(condition=models.Q(act__in=["read", "taken"]), name="opening_act_is_known"),
        ]
