"""Counters that slow guessing down, exact across processes."""

from django.db import models


class Throttle(models.Model):
    """Failures under one key, and when the next try is free.

    Instants are milliseconds since 1970: one SQL statement counts, compares and computes with them,
    the same on SQLite and PostgreSQL.
    """

    key = models.CharField(max_length=64, primary_key=True)
    fails = models.PositiveIntegerField()
    free_at = models.BigIntegerField()
    seen_at = models.BigIntegerField(db_index=True)
