"""Who lives in which household."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xpassfam.people.models.dated import dated
from xpassfam.people.models.household import Household
from xpassfam.rules.visibility import Subject, Viewer


class ResidenceQuerySet(models.QuerySet["Residence"]):
    def open_on(self, day: date) -> Self:
        return self.filter(dated(day))

    def visible_to(self, access: Viewer) -> Self:
        """Who lives today in the home acted for: see `rules.visibility.may_see_stay`."""
        return self.open_on(access.on).filter(household=access.household_id)


class Residence(models.Model):
    """A person in a household, at its place in the family's order; a child of separated parents has two."""

    class Role(models.TextChoices):
        HOLDER = "holder", _("Titulaire")
        PARTNER = "partner", _("Partenaire")
        DEPENDENT_CHILD = "dependent_child", _("Enfant")
        OTHER_ADULT = "other_adult", _("Autre adulte")

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="residences")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="residences")
    role = models.CharField(max_length=20, choices=Role)
    rank = models.PositiveSmallIntegerField(default=1)
    is_shared = models.BooleanField(default=False)
    # What this home gets of the aids for a shared child, in percent: half, unless both parents agreed otherwise.
    aid_share = models.PositiveSmallIntegerField(default=50, db_default=50)
    since = models.DateField(null=True)
    until = models.DateField(null=True, blank=True)  # the first day no longer there

    objects = ResidenceQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person"], condition=Q(until=None), name="residence_once_per_home"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                name="residence_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(aid_share__lte=100), name="residence_aid_share_is_a_share"),
            models.CheckConstraint(
                condition=Q(role__in=["holder", "partner", "dependent_child", "other_adult"]),
                name="residence_role_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id}: {self.person_id} ({self.role})"

    @property
    def subject(self) -> Subject:
        """Who lives there, as the rules of visibility want it. Reads the person."""
        return Subject(self.person_id, role=self.role, born=self.person.birth_date, is_shared=self.is_shared)
