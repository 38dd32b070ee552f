"""Procedures, and each version of their definitions as it was loaded."""

from dataclasses import replace
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xpassfam.procedures.language import Definition, build
from xpassfam.rules.time_limits import Delay

# A version never changes: what was built of it once serves for as long as the process lives.
_BUILT: dict[str, Definition] = {}


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    def published(self) -> Self:
        """Those that have a definition, in the catalogue's order, with it. One query."""
        return self.filter(current__isnull=False).select_related("current").order_by("position", "code")


class Procedure(models.Model):
    """Something that families can ask for. What is empty here is as its definition says."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    slug = models.CharField(_("fin de l’adresse"), max_length=60, unique=True)
    current = models.ForeignKey(
        "procedures.Version", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("version publiée")
    )
    position = models.PositiveSmallIntegerField(_("place dans le catalogue"), default=100)
    is_open = models.BooleanField(_("ouverte aux familles"), default=True)
    title = models.CharField(_("titre"), max_length=120, blank=True)
    purpose = models.TextField(_("à quoi elle sert"), max_length=1000, blank=True)
    notice = models.TextField(_("message sur la page"), max_length=600, blank=True)
    delay_count = models.PositiveSmallIntegerField(_("délai promis"), null=True, blank=True)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = _("démarche")
        verbose_name_plural = _("démarches")
        constraints = [
            models.CheckConstraint(condition=~Q(code="") & ~Q(slug=""), name="procedure_has_code_and_slug"),
            models.CheckConstraint(
                condition=Q(delay_count=None) | Q(delay_count__range=(1, 400)), name="procedure_delay_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.code

    @property
    def definition(self) -> Definition:
        """That of the current version, with what administrators changed of it since."""
        if self.current is None:
            raise LookupError(self.code)
        loaded = self.current.definition
        delay = loaded.delay and Delay(self.delay_count or loaded.delay.count, loaded.delay.unit)
        return replace(loaded, title=self.title or loaded.title, purpose=self.purpose or loaded.purpose, delay=delay)


class Version(models.Model):
    """A definition as it was loaded: a trigger refuses any change. Filings keep the one they were filed with."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    source = models.TextField()
    digest = models.CharField(max_length=64)
    tree: Any = models.JSONField()
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=250)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="version_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_numbered_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.number}"

    @property
    def definition(self) -> Definition:
        if self.digest not in _BUILT:
            _BUILT[self.digest] = build(Definition, self.tree)
        return _BUILT[self.digest]
