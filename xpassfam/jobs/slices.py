"""Deleting much at once."""

from typing import Any

from django.db.models import QuerySet

SLICE = 1000


def delete_by_slices(rows: QuerySet[Any]) -> int:
    """Delete `rows` in short statements, so that none holds the table for long; return how many went."""
    count = 0
    unordered = rows.order_by()
    while slice_ := list(unordered.values_list("pk", flat=True)[:SLICE]):
        count += rows.model._default_manager.filter(pk__in=slice_).delete()[0]
    return count
