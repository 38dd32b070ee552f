"""What a family asked to change, from the moment it asked."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from xpassfam.people.models import Household, Person, Residence
from xpassfam.rules.ages import last_birth_of_adults
from xpassfam.rules.identifiers import new_public_id
from xpassfam.rules.visibility import Viewer, may


class Reason(models.TextChoices):
    """Why an agent refuses, as the family reads it."""

    PROOF = "proof", _("Il nous faut un justificatif.")
    MISMATCH = "mismatch", _("Cela ne correspond pas aux documents que nous avons.")
    MISTAKE = "mistake", _("Il y a sans doute une erreur dans ce qui est écrit.")
    NOT_HERE = "not_here", _("Ce changement passe par une autre démarche.")
    OTHER = "other", _("Pour une autre raison.")


class ChangeQuerySet(models.QuerySet["Change"]):
    def pending(self) -> Self:
        return self.filter(status=Change.Status.PENDING)

    def visible_to(self, access: Viewer) -> Self:
        """Of the home acted for, of oneself, of its minors: see `rules.changes.may_see_change`."""
        mine, own = Q(asked_by=access.person_id), Q(person=access.person_id)
        minors = Person.objects.filter(pk=OuterRef("person")).filter(minor_at_home(access))
        stays = Residence.objects.visible_to(access).filter(person=OuterRef("asked_by"))
        shared = Q(Q(person=None) | Exists(minors)) & (mine | Q(Exists(stays)) if may(access, "change") else mine)
        return self.filter((own & mine) | Q(own | shared, household=access.household_id))

    def left_behind(self, day: date) -> Self:
        """Those for a home and its children that wait, and were asked by somebody who no longer lives there."""
        stays = Residence.objects.open_on(day).filter(household=OuterRef("household"), person=OuterRef("asked_by"))
        return self.pending().exclude(person=F("asked_by")).filter(~Exists(stays))

    def unread_by(self, access: Viewer) -> Self:
        """Answers that whoever asked has not put away yet."""
        return self.filter(asked_by=access.person_id, status__in=Change.DECIDED, read_at=None)


def minor_at_home(access: Viewer) -> Q:
    """Of a person: a child not yet of age who lives in the home acted for."""
    stays = Residence.objects.visible_to(access).filter(role=Residence.Role.DEPENDENT_CHILD, person=OuterRef("pk"))
    is_minor = Q(birth_date=None) | Q(birth_date__gt=last_birth_of_adults(access.on))
    return is_minor & Q(Exists(stays))


class Change(models.Model):
    """A new value for a field of a home, or of a person where there is one. `household` is always the home for
    which somebody asked. `before` and `after` are columns with their text.

    `form_key` is the form's: sent twice, it makes one change.
    """

    class Status(models.TextChoices):
        APPLIED = "applied", _("Fait")
        PENDING = "pending", _("En attente")
        APPROVED = "approved", _("Accepté")
        REFUSED = "refused", _("Refusé")
        WITHDRAWN = "withdrawn", _("Annulé")

    DECIDED = (Status.APPROVED, Status.REFUSED)

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="changes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="changes")
    field = models.CharField(max_length=20)
    before = models.JSONField()
    after = models.JSONField()
    status = models.CharField(max_length=12, choices=Status)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="asked_changes")
    asked_at = models.DateTimeField()
    form_key = models.CharField(max_length=32)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=250, blank=True)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    explanation = models.TextField(max_length=1000, blank=True)
    read_at = models.DateTimeField(null=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["asked_at", "id"], condition=Q(status="pending"), name="change_queue"),
            models.Index(fields=["household", "status"], name="change_of_household"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["asked_by", "form_key"], name="change_once_by_form"),
            models.UniqueConstraint(
                fields=["household", "field"],
                condition=Q(status="pending", person=None),
                name="change_of_household_waits_once",
            ),
            models.UniqueConstraint(
                fields=["household", "person", "field"],
                condition=Q(status="pending", person__isnull=False),
                name="change_of_person_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["applied", "pending", "approved", "refused", "withdrawn"]),
                name="change_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(status="pending", decided_at=None) | (~Q(status="pending") & Q(decided_at__isnull=False)),
                name="change_decided_has_its_time",
            ),
            models.CheckConstraint(
                condition=(Q(status="refused") & ~Q(reason="")) | (~Q(status="refused") & Q(reason="")),
                name="change_refused_has_a_reason",
            ),
            models.CheckConstraint(condition=~Q(form_key=""), name="change_has_form_key"),
        ]
