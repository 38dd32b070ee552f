"""Who may act for which household."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xpassfam.people.models.dated import dated, not_closed
from xpassfam.people.models.household import Household
from xpassfam.rules.visibility import Viewer


class AccessQuerySet(models.QuerySet["Access"]):
    def open_on(self, day: date) -> Self:
        """Accesses that let someone in that day: neither ended, nor of a closed person or household."""
        return self.filter(dated(day), not_closed(day, "household__"), not_closed(day, "person__"))

    def visible_to(self, access: Viewer) -> Self:
        """Who may act for the home acted for: see `rules.visibility.may_see_grant`."""
        return self.filter(dated(access.on), household=access.household_id)


class Access(models.Model):
    """The right of a person to act for a household: granted, dated, revocable."""

    class Permission(models.TextChoices):
        ALL = "all", _("Tout voir et tout faire")
        VIEW = "view", _("Voir")
        REQUESTS = "requests", _("Voir, déposer et suivre les demandes")
        DOCUMENTS = "documents", _("Voir et gérer les documents")

    class Origin(models.TextChoices):
        REGISTER = "register", _("Inscrit au registre")
        INVITATION = "invitation", _("Sur invitation")
        MAJORITY = "majority", _("À ses 18 ans")

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="accesses")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="accesses")
    permission = models.CharField(max_length=12, choices=Permission, default=Permission.ALL)
    origin = models.CharField(max_length=12, choices=Origin, default=Origin.REGISTER, db_default="register")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the first day no longer granted

    objects = AccessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "household"], condition=Q(until=None), name="access_open_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="access_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(permission__in=["all", "view", "requests", "documents"]), name="access_permission_is_known"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=["register", "invitation", "majority"]), name="access_origin_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.household_id} ({self.permission})"
