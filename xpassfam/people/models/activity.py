"""What somebody does, as they or the organisation said: rules of entitlement look at it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xpassfam.people.models.person import Person


class Activity(models.Model):
    """Of a person, from `since` to `until` (its last day); the latest begun stands.

    `cause` is the public id of what it was recorded from, as a value.
    """

    class Kind(models.TextChoices):
        EMPLOYED = "employed", _("En emploi")
        TRAINING = "training", _("En formation")
        JOB_SEEKING = "job_seeking", _("En recherche d’emploi")
        STUDENT = "student", _("Études")
        APPRENTICE = "apprentice", _("Apprentissage")
        AT_HOME = "at_home", _("Au foyer")
        RETIRED = "retired", _("À la retraite")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=12, choices=Kind)
    since = models.DateField()
    until = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=250)
    cause = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["since", "pk"]
        indexes = [models.Index(fields=["person", "since"], name="activity_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["employed", "training", "job_seeking", "student", "apprentice", "at_home", "retired"]
                ),
                name="activity_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="activity_ends_after_it_begins"
            ),
        ]
