"""A yes that one agent alone may not give, until another confirms it or sends it back."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from xpassfam.accounts.models import Account
from xpassfam.filings.models.filing import Filing


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def standing(self) -> Self:
        """Those that may still be confirmed: nothing has happened to their filing since."""
        return self.filter(ended_at=None, version=F("filing__version"))


class Proposal(models.Model):
    """`verdict` is all that was said, `version` that of the filing once it was proposed: whatever happens to it since
    makes the proposal void, and no job has to say so. `word`: why it was sent back.
    """

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="proposals")
    verdict = models.JSONField()
    version = models.PositiveIntegerField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    word = models.TextField(max_length=1000, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["filing"], condition=Q(ended_at=None), name="proposal_one_waits_for_a_filing"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="proposal_ended_by_somebody",
            ),
        ]

    @property
    def is_standing(self) -> bool:
        """As `ProposalQuerySet.standing`."""
        return self.ended_at is None and self.version == self.filing.version
