"""A couple that parts: sharing is frozen until the organisation has settled it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xpassfam.people.models.household import Household
from xpassfam.rules.identifiers import new_public_id
from xpassfam.rules.visibility import Viewer, may_see_separation


class SeparationQuerySet(models.QuerySet["Separation"]):
    def open(self) -> Self:
        return self.filter(settled_at=None)

    def visible_to(self, access: Viewer) -> Self:
        """That of the home acted for, to its couple: see `rules.visibility.may_see_separation`."""
        if not may_see_separation(access, access.household_id):
            return self.none()
        return self.filter(household=access.household_id)


class Separation(models.Model):
    """Declared by one of the couple; closed by the organisation, or by both together as a mistake."""

    class Outcome(models.TextChoices):
        TWO_FILES = "two_files", _("Deux dossiers ont été faits")
        TOGETHER = "together", _("Le couple vit de nouveau ensemble")
        MISTAKE = "mistake", _("La déclaration était une erreur")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="separations")
    declared_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="separations_declared")
    declared_at = models.DateTimeField()
    taking_back_at = models.DateTimeField(null=True)  # who declared it says that it was a mistake
    settled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # the organisation's own words, for its people only

    objects = SeparationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(settled_at=None), name="separation_open_once_per_household"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, outcome="")
                | Q(settled_at__isnull=False, outcome__in=["two_files", "together", "mistake"]),
                name="separation_settled_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id}: {self.declared_at:%Y-%m-%d}"
