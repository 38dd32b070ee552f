"""What a home has the right to, as it was last counted, and what it was told of what comes."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from xpassfam.people.models import Household
from xpassfam.rules.rights import NOTICES
from xpassfam.rules.visibility import Viewer


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, access: Viewer) -> Self:
        """Of the home acted for; `kept.answers_for` and `coming.seen_by` say what of it the reader may know."""
        return self.filter(household=access.household_id)

    def due(self, *, rules: str, on: date) -> Self:
        """Its facts changed, or the rules, or a day has come on which an answer may."""
        facts = Q(facts_version__lt=F("household__facts_version"))
        return self.filter(facts | ~Q(rules=rules) | Q(look_again_on__lte=on))

    def counted(self, *, rules: str, on: date) -> Self:
        """By these rules, and still so that day."""
        return self.filter(rules=rules, look_again_on__gt=on)

    def to_tell(self, *, rules: str, on: date) -> Self:
        """Up to date, and with something to announce."""
        fresh = Q(facts_version=F("household__facts_version"), rules=rules)
        return self.filter(fresh, tell_on__lte=on)


class Evaluation(models.Model):
    """One row a home: its answers and the year to come, as `kept` writes them. It holds nothing that can't be counted
    again, but for `told`: the answers as the history last said them, on `told_on`.

    `facts_version` is the home's when it was counted, `rules` the digest of the rules. `look_again_on`: the next day on
    which an answer changes by itself. `tell_on`: the next on which something is to be announced.
    """

    household = models.OneToOneField(Household, on_delete=models.PROTECT, primary_key=True, related_name="evaluation")
    facts_version = models.PositiveIntegerField(default=0)
    rules = models.CharField(max_length=64, blank=True)
    evaluated_at = models.DateTimeField(null=True)
    look_again_on = models.DateField(null=True, db_index=True)
    tell_on = models.DateField(null=True, db_index=True)
    answers: Any = models.JSONField(default=list)
    coming: Any = models.JSONField(default=list)
    told: Any = models.JSONField(null=True)
    told_on = models.DateField(null=True)

    objects = EvaluationQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.household_id)


class Notice(models.Model):
    """A change of rights that a home was told of, `days` before: once, whatever runs twice. `event` tells changes of
    one day apart."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="right_notices")
    on = models.DateField()
    event = models.CharField(max_length=120)
    days = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "on", "event", "days"], name="right_notice_once"),
            models.CheckConstraint(condition=Q(days__in=NOTICES), name="right_notice_days_are_known"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.event}"
