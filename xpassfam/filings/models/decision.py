"""What was decided, by whom, why, and what it did."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.models import Account
from xpassfam.filings.models.filing import Filing
from xpassfam.rules.identifiers import new_public_id


class DecisionQuerySet(models.QuerySet["Decision"]):
    def taken_back_from(self, agent: Account) -> Self:
        """Of a filing that waits for an answer: what a contest took back, of this agent's, alone or with another."""
        return self.filter(Q(decided_by=agent) | Q(proposed_by=agent), superseded_at__isnull=False)


class Decision(models.Model):
    """One stands for a filing at a time; one that a contest took back keeps its row, `superseded_at`.

    `letter` holds the frozen facts of the paper, mandatory mentions included: it is printed the same for ever.
    `effects_on` is the day its effects are due, `effects_at` when they ran: once, in one transaction.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("Validée")
        UNDER_RESERVE = "approved_under_reserve", _("Validée sous réserve")
        IN_PART = "approved_in_part", _("Validée en partie")
        REFUSED = "refused", _("Refusée")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=24, choices=Outcome)
    reasons = models.JSONField(default=list)  # codes of the definition
    facts = models.TextField(max_length=4000, blank=True)
    limits = models.TextField(max_length=2000, blank=True)  # which part, or under which reserve
    reserve = models.JSONField(default=list)  # pieces awaited, as keys of the definition
    grants = models.JSONField(default=list, db_default=[])  # of an aid: see `granting`
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    # Of a yes that took two agents, the first; `decided_by` confirmed, and signs.
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    author = models.JSONField()  # first name, name, function and service, as they were that day
    contest_until = models.DateField(null=True)
    is_implicit = models.BooleanField(default=False)
    letter = models.JSONField()
    effects_on = models.DateField(null=True)
    effects_at = models.DateTimeField(null=True)
    effects_failed_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["decided_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["filing"], condition=Q(superseded_at=None), name="decision_one_stands_for_a_filing"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | (~Q(reasons=[]) & ~Q(facts="")), name="decision_refused_says_why"
            ),
            models.CheckConstraint(
                condition=Q(proposed_by=None) | ~Q(proposed_by=F("decided_by")), name="decision_confirmed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["approved", "approved_under_reserve", "approved_in_part", "refused"]),
                name="decision_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | Q(effects_at=None, effects_on=None),
                name="decision_refused_does_nothing",
            ),
        ]
        indexes = [
            models.Index(fields=["decided_at"], name="decision_by_day"),
            models.Index(
                fields=["effects_on"],
                condition=Q(effects_at=None, effects_on__isnull=False, superseded_at=None, effects_failed_at=None),
                name="decision_effects_due",
            ),
        ]

    def is_of(self, agent: Account) -> bool:
        """Whether this agent took it, alone or with another."""
        return agent.pk in (self.decided_by_id, self.proposed_by_id)
