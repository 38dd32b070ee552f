"""When somebody of the family last took a paper or a file: the history tells it once an hour, not at each press."""

from django.db import models

from xpassfam.filings.models.filing import Filing


class Taking(models.Model):
    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="takings")
    reader = models.CharField(max_length=32)  # the public id of an account
    what = models.CharField(max_length=60)  # the public id of a file; of a paper, the kind of its line
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "reader", "what"], name="filing_taking_once_by_reader")
        ]
