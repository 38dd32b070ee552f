"""What the organisation said once of its files' headers."""

from django.db import models


class ColumnMeaning(models.Model):
    """A header, folded, and the column that it means; an empty one is left alone."""

    header = models.CharField(max_length=120, unique=True)
    column = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.header} → {self.column}"
