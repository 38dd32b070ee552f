"""A rule as it was published: never changed, replaced by a later one."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

VOCABULARY = "VOC"  # the code of what all rules share


class VersionQuerySet(models.QuerySet["Version"]):
    def by_day(self) -> Self:
        """Those of one code in the order in which they apply: of two that begin the same day, the later published."""
        return self.order_by("code", "since", "number")


class Version(models.Model):
    """The text of a right, or of what rules share (`VOCABULARY`), as it applies from `since` until the next of its code
    does. A trigger refuses any change. `is_open`: a right can be closed from a day on, by a version that says so.
    """

    code = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    since = models.DateField()
    is_open = models.BooleanField(default=True)
    source = models.TextField()
    tree: Any = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=250)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="right_version_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="right_version_numbered_from_one"),
            models.CheckConstraint(condition=~Q(code=""), name="right_version_has_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"

    def applies_on(self, day: date) -> bool:
        return self.since <= day
