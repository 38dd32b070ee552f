"""Counters that slow guessing down, exact across processes."""

from django.db import models


class Throttle(models.Model):
    """Failures under one key (HMAC of scope and value) and when the next try is free."""

    key = models.CharField(max_length=64, primary_key=True)
    fails = models.PositiveIntegerField()
    free_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)
