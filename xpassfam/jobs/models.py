"""The schedule. The queue itself is django-tasks-db's table."""

from django.db import models


class Schedule(models.Model):
    """When a job declared with `every` is next asked for."""

    job = models.CharField(max_length=200, primary_key=True)
    next_at = models.DateTimeField()
