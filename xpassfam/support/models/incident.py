"""The event behind an error page, as agents may read it: what failed and where, nothing of what was typed."""

from django.db import models


class Incident(models.Model):
    """Written after the failure, as best one can: the log has them all. `trace` is kept apart from `error`: places in
    the code, one a line, without a value."""

    code = models.CharField(max_length=12, unique=True)
    at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=10)
    route = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=200, blank=True)
    trace = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.code
