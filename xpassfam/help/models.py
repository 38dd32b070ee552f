"""An organisation's own versions of articles, the checks of browsers, what is told of failures."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=30)
TOLD_FOR = timedelta(days=30)


class ArticleVersion(models.Model):
    """A text as an administrator wrote it: none is ever changed, the last one that stands is shown."""

    slug = models.SlugField(_("fin de l’adresse"), max_length=60)
    number = models.PositiveIntegerField()
    source = models.TextField()
    is_current = models.BooleanField(default=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=250)

    class Meta:
        verbose_name = _("article d’aide")
        verbose_name_plural = _("articles d’aide")
        constraints = [
            models.UniqueConstraint(fields=["slug", "number"], name="article_version_numbered_once"),
            models.UniqueConstraint(fields=["slug"], condition=Q(is_current=True), name="article_has_one_current"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} v{self.number}"


class BrowserCheckQuerySet(models.QuerySet["BrowserCheck"]):
    def readable(self, *, at: datetime) -> Self:
        """Those not too old; what is older is deleted by the next night."""
        return self.filter(made_at__gt=at - KEPT_FOR)


class BrowserCheck(models.Model):
    """What a browser was found to do. Who held it is not noted: neither account, nor address, nor what was typed."""

    code = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField(db_index=True)
    report: Any = models.JSONField()

    objects = BrowserCheckQuerySet.as_manager()

    def __str__(self) -> str:
        return self.code


class Part(models.TextChoices):
    """What of the portal may fail by itself, as people see it."""

    SIGN_IN = "sign_in", _("Connexion")
    MAIL = "mail", _("E-mails")
    WORK = "work", _("Traitement des demandes")
    FILES = "files", _("Documents")
    ALL = "all", _("Tout le site")


class IncidentQuerySet(models.QuerySet["Incident"]):
    def told(self, *, at: datetime) -> Self:
        """Those that last, then those ended within thirty days; the latest first. One query."""
        recent = Q(ended_at=None) | Q(ended_at__gt=at - TOLD_FOR)
        return self.filter(recent, started_at__lte=at).order_by(F("ended_at").desc(nulls_first=True), "-started_at")


class Incident(models.Model):
    """A failure, in the administrators' words, for everybody: nothing personal."""

    part = models.CharField(_("ce qui ne marche pas"), max_length=10, choices=Part)
    title = models.CharField(_("titre"), max_length=120)
    text = models.TextField(
        _("ce que les familles doivent savoir"),
        max_length=1000,
        help_text=_("Ce qui ne marche pas, ce qu’il faut faire, quand cela revient. Rien de personnel."),
    )
    started_at = models.DateTimeField(_("début"))
    ended_at = models.DateTimeField(_("fin"), null=True, blank=True, help_text=_("Vide tant que cela dure."))

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        constraints = [
            models.CheckConstraint(condition=Q(part__in=Part.values), name="incident_part_is_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="incident_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.title
