"""A rule that somebody would publish: another person does, or it is dropped."""

from typing import Self

from django.db import models
from django.db.models import Q

from xpassfam.rules.identifiers import new_public_id


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def waiting(self) -> Self:
        return self.filter(state=Proposal.State.WAITING)


class Proposal(models.Model):
    """One waits per code, and is written over until it is published. `written_by` is the public id of the account that
    wrote it last: whoever publishes is somebody else. Where it is not `is_open`, it closes the right from `since` on.
    `reason` is that of the text, then a line for each case of which what is expected was changed.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        PUBLISHED = "published"
        DROPPED = "dropped"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    code = models.CharField(max_length=10)
    title = models.CharField(max_length=80)
    since = models.DateField()
    is_open = models.BooleanField(default=True)
    source = models.TextField()
    reason = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=32)
    written_by_name = models.CharField(max_length=250)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=250, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(state="waiting"), name="right_proposal_waits_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "published", "dropped"]), name="right_proposal_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="right_proposal_is_decided_with_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.written_by_name}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def stamp(self) -> str:
        """Another each time it is written: who publishes says which they read."""
        return self.written_at.isoformat()
