"""One import: who brought which files, how far it is, what came of it."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from xpassfam.register.problems import Problem
from xpassfam.rules.identifiers import new_public_id


class ImportQuerySet(models.QuerySet["Import"]):
    def done(self) -> Self:
        return self.filter(state=Import.State.DONE)

    def under_way(self) -> Self:
        return self.filter(state__in=[Import.State.TRYING, Import.State.IMPORTING])


class Import(models.Model):
    """Files on their way into the register: tried first, on the page; imported at once, by the command."""

    class State(models.TextChoices):
        TRYING = "trying"  # asked for, or under way: a dry run
        TRIED = "tried"
        IMPORTING = "importing"
        DONE = "done"
        STOPPED = "stopped"  # nothing was written; `problem` says why
        GIVEN_UP = "given_up"  # by who brought the files

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=32, blank=True)  # public id of the account
    asked_by_name = models.CharField(max_length=150)
    files = models.JSONField(default=list)  # their names, as they were brought
    folder = models.CharField(max_length=64, blank=True)  # where they wait, while they do
    is_complete = models.BooleanField(default=False)
    is_confirmed = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State)
    progress = models.PositiveSmallIntegerField(default=0)  # percent of the reading
    tries = models.PositiveSmallIntegerField(default=0)  # begun by the worker, ended or not
    problem = models.CharField(max_length=300, blank=True)
    counts = models.JSONField(default=dict)  # see `report.Report`
    headers = models.JSONField(default=list)  # those that nobody told the meaning of, and those that mean the same
    closed_percent = models.FloatField(default=0)
    ended_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="import_progress_is_a_percentage"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("asked_at")), name="import_ends_after_it_is_asked"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["trying", "tried", "importing", "done", "stopped", "given_up"]),
                name="import_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.files)

    @property
    def before(self) -> "Import | None":
        """The last one that was imported before this one."""
        return Import.objects.done().filter(pk__lt=self.pk).first()


class Refusal(models.Model):
    """A cell or a line that could not be taken, in the words of the report."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="refusals")
    file = models.CharField(max_length=255)
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=255, blank=True)
    reason = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.as_problem())

    def as_problem(self) -> Problem:
        return Problem(self.file, self.line, self.column, self.reason)


class LikelyDuplicate(models.Model):
    """Two persons of the register who may be one. Listed, never merged."""

    class Reason(models.TextChoices):
        NAME = "name"  # the same names and birth date
        EMAIL = "email"  # the same address and birth date
        SLIP = "slip"  # nearly the same names, the same birth date

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="duplicates")
    reason = models.CharField(max_length=8, choices=Reason)
    first_key = models.CharField(max_length=40)
    second_key = models.CharField(max_length=40)
    first_name = models.CharField(max_length=250)
    second_name = models.CharField(max_length=250)
    birth_date = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["of", "first_key", "second_key"], name="likely_duplicate_listed_once"),
            models.CheckConstraint(
                condition=Q(reason__in=["name", "email", "slip"]), name="likely_duplicate_reason_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name}, {self.second_name}"
