"""A new address of sign-in: asked for, confirmed from its mailbox, told to the old one, put back by two agents or
by its owner."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

from xpassfam.accounts.models.account import Account
from xpassfam.rules.identifiers import new_public_id

LINK_GOOD_FOR = timedelta(hours=24)
CODE_GOOD_FOR = timedelta(minutes=10)


class EmailChangeQuerySet(models.QuerySet["EmailChange"]):
    def waiting(self, at: datetime) -> Self:
        """Neither confirmed, nor given up, nor too old."""
        return self.filter(confirmed_at=None, superseded_at=None, sent_at__gt=at - LINK_GOOD_FOR)


class EmailChange(models.Model):
    """One asking. Whether the address is free only its mailbox learns: the row is the same."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="email_changes")
    old_email = models.CharField(max_length=254)
    new_email = models.CharField(max_length=254)
    asked_at = models.DateTimeField()
    asked_on = models.CharField(max_length=80, blank=True)  # the device, in words
    sent_at = models.DateTimeField()
    digest = models.CharField(max_length=64, unique=True)  # of the link to the new address
    code_digest = models.CharField(max_length=64, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    superseded_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # Of the link to the old address; empty until there is one.
    stop_digest = models.CharField(max_length=64, blank=True, db_index=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    line = models.CharField(max_length=64, blank=True)  # the hash of its line in the history
    revert_proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revert_proposed_at = models.DateTimeField(null=True, blank=True)
    # Nobody: its owner did, with their second step.
    reverted_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reverted_at = models.DateTimeField(null=True, blank=True)

    objects = EmailChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(confirmed_at=None, superseded_at=None),
                name="email_change_one_waiting_per_account",
            ),
            # No agent alone gives an account to an address.
            models.CheckConstraint(
                condition=Q(reverted_by=None)
                | (Q(revert_proposed_by__isnull=False) & ~Q(reverted_by=F("revert_proposed_by"))),
                name="email_change_reverted_by_two",
            ),
        ]

    @property
    def again_at(self) -> datetime:
        """From when another message may leave."""
        return self.sent_at + timedelta(seconds=60)

    @property
    def code_until(self) -> datetime:
        return self.sent_at + CODE_GOOD_FOR

    @property
    def link_until(self) -> datetime:
        return self.sent_at + LINK_GOOD_FOR
