"""Archives on their way, the lengths that the organisation chose, and what was deleted. Nothing else is held here."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.models import Account
from xpassfam.rules.identifiers import new_public_id
from xpassfam.vault.models import File


class ExportQuerySet(models.QuerySet["Export"]):
    def of(self, account: Account) -> Self:
        """One's own, whichever home one acts for."""
        return self.filter(account=account)

    def waiting(self) -> Self:
        return self.filter(state=Export.State.ASKED)


class Export(models.Model):
    """An archive: asked for, made by the worker, there until `expires_at`, then gone. `missing` names the files that
    could not be read that day.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("En préparation")
        READY = "ready", _("Prête")
        FAILED = "failed", _("N’a pas pu se faire")
        GONE = "gone", _("Effacée")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="exports")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True, db_index=True)
    taken_at = models.DateTimeField(null=True)
    missing = models.JSONField(default=list)
    file = models.OneToOneField(File, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(state="asked"), name="export_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(state="ready", file__isnull=False, ready_at__isnull=False, expires_at__isnull=False)
                | (~Q(state="ready") & Q(file=None)),
                name="export_ready_has_its_file",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "ready", "failed", "gone"]), name="export_state_is_known"
            ),
        ]

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_asked(self) -> bool:
        return self.state == self.State.ASKED


class Length(models.Model):
    """How long the organisation keeps what a rule deletes, in the rule's unit; no row: the usual length."""

    code = models.CharField(max_length=40, unique=True)
    length = models.PositiveSmallIntegerField()
    chosen_by = models.CharField(max_length=250)
    chosen_at = models.DateTimeField()


class Run(models.Model):
    """What the worker did of a rule, once: how many were past their time, how many it deleted."""

    code = models.CharField(max_length=40)
    at = models.DateTimeField()
    due = models.PositiveIntegerField()
    deleted = models.PositiveIntegerField(default=0)
    has_failed = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["code", "-at"], name="retention_run_of_rule")]
