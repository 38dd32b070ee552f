"""What was said of somebody's coming of age."""

from django.db import models

from xpassfam.people.models.person import Person


class MajorityNotice(models.Model):
    """One row a step (`rules.majority.Step`): a job that runs twice says nothing twice."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="majority_notices")
    step = models.CharField(max_length=8)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "step"], name="majority_notice_once_a_step"),
            models.CheckConstraint(
                condition=models.Q(step__in=["month", "week", "day"]), name="majority_notice_step_is_known"
            ),
        ]
