"""An access offered to an adult, who takes it or not."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xpassfam.people.models.access import Access
from xpassfam.people.models.household import Household
from xpassfam.rules.identifiers import new_public_id
from xpassfam.rules.visibility import Viewer, may_see_invitation


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self, at: datetime) -> Self:
        """Neither answered, nor withdrawn, nor too old."""
        return self.filter(answer="", withdrawn_at=None, expires_at__gt=at)

    def reaching(self, person_id: int | None, email: str, *, at: datetime) -> bool:
        """Whether somebody whom the register does not know is being invited at this address. One query."""
        waiting = self.waiting(at).exclude(typed_email="")
        return waiting.filter(person=person_id or 0, person__register_key=None, typed_email=email).exists()

    def told_waiting(self, at: datetime) -> Self:
        """Those that wait as far as the inviter is told: see `Invitation.state_told_at`."""
        unanswered = Q(answer="") | (Q(answer=Invitation.Answer.REFUSED) & ~Q(typed_name=""))
        return self.filter(unanswered, withdrawn_at=None, expires_at__gt=at)

    def withdraw(self, at: datetime) -> int:
        """Take them back, a stranger's refusal too: afterwards it looks like any other that was withdrawn."""
        return self.update(withdrawn_at=at, answer="", answered_at=None)

    def visible_to(self, access: Viewer) -> Self:
        """Those into the home acted for, to who may invite: see `rules.visibility.may_see_invitation`."""
        if not may_see_invitation(access, access.household_id):
            return self.none()
        return self.filter(household=access.household_id)


class Invitation(models.Model):
    """Of somebody who lives in the home (`person`), or named by number and last name.

    Where what was typed names nobody, `person` is empty and the row is kept all the same: who invites must not
    learn who is in the register.
    """

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Acceptée")
        REFUSED = "refused", _("Refusée")

    class State(models.TextChoices):
        WAITING = "waiting", _("En attente")
        ACCEPTED = "accepted", _("Acceptée")
        REFUSED = "refused", _("Refusée")
        WITHDRAWN = "withdrawn", _("Retirée")
        EXPIRED = "expired", _("Expirée")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="invitations")
    invited_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="invitations_sent")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="invitations")
    typed_name = models.CharField(max_length=120, blank=True)
    typed_number = models.CharField(max_length=20, blank=True)
    # Where somebody whom the register does not know yet is invited: typed by another, so of no use but for this.
    typed_email = models.CharField(max_length=254, blank=True, default="", db_default="")
    permission = models.CharField(max_length=12, choices=Access.Permission)
    until = models.DateField(null=True)  # the first day no longer granted
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "answer"], name="invitation_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(typed_name=""), name="invitation_names_somebody"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | Q(answer__in=["accepted", "refused"], answered_at__isnull=False, withdrawn_at=None),
                name="invitation_answered_once",
            ),
            models.CheckConstraint(
                condition=Q(permission__in=["all", "view", "requests", "documents"]),
                name="invitation_permission_is_known",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="invitation_expires_later"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} ({self.permission})"

    @property
    def is_by_name(self) -> bool:
        """Of somebody outside the home: who invites learns of them only if they accept."""
        return bool(self.typed_name)

    def state_at(self, at: datetime) -> State:
        if self.answer:
            return self.State(self.answer)
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        return self.State.WAITING if self.expires_at > at else self.State.EXPIRED

    def state_told_at(self, at: datetime) -> State:
        """What the inviter is told: a stranger's refusal looks like silence, or it would tell that they exist."""
        if self.is_by_name and self.answer == self.Answer.REFUSED:
            return self.State.WAITING if self.expires_at > at else self.State.EXPIRED
        return self.state_at(at)
