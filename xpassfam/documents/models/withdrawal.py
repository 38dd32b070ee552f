"""That the organisation asked again for what it had judged: the verdict is gone, this stays."""

from django.db import models
from django.db.models import Q

from xpassfam.documents.models.document import Document


class Withdrawal(models.Model):
    """`was_good`: it had been accepted, and was still valid that day. Those are counted, and the figure is shown."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="withdrawals")
    at = models.DateTimeField()
    by = models.CharField(max_length=250)
    reason = models.CharField(max_length=500)
    was_good = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["at"], condition=Q(was_good=True), name="withdrawal_of_what_was_good")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_says_why")]
