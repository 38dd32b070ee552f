"""Ways back in: a new password, a pass through a pause, a letter once everything is lost."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from xpassfam.accounts.models.account import Account
from xpassfam.rules.identifiers import new_public_id


class PasswordReset(models.Model):
    """A link to choose a new password. `account` is None for a decoy: the same row for an unknown address."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="resets")
    identifier_digest = models.CharField(max_length=64, db_index=True)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)


class UnlockPass(models.Model):
    """Lets the owner sign in during a pause, from the device that opens the link, once."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passes")
    digest = models.CharField(max_length=64, unique=True)
    device_digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)


class KnownAddress(models.Model):
    """Where a letter to the owner would go, and since when it has been there, as we looked each day.

    A digest of the home and its address, whoever changed either: a family, an agent, the register, a move.
    """

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="known_address")
    digest = models.CharField(max_length=64)
    since = models.DateTimeField()


class RecoveryQuerySet(models.QuerySet["Recovery"]):
    def live(self, at: datetime) -> Self:
        return self.filter(ended_at=None, expires_at__gt=at)


class Recovery(models.Model):
    """Everything is lost: a letter to the register's address, three days of waiting, warnings that can stop it.

    Two halves prove it, which no member of staff holds together: the letter's code, and the account's password or,
    where the mailbox is lost too, the word told to who called. Whoever started it does not print its letter.
    """

    class Outcome(models.TextChoices):
        DONE = "done"
        STOPPED = "stopped"
        EXPIRED = "expired"
        SPENT = "spent"  # the word was guessed at too often, by somebody who had the letter

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recoveries")
    loses_mailbox = models.BooleanField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")  # none: the owner
    opens_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    word_digest = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)  # of the word, with the right letter
    stop_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64, blank=True)
    printed_at = models.DateTimeField(null=True)
    printed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    new_email = models.CharField(max_length=254, blank=True)
    link_digest = models.CharField(max_length=64, blank=True, db_index=True)
    link_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["started_at"], condition=Q(ended_at=None), name="recovery_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at=None), name="recovery_one_live_per_account"
            ),
            models.CheckConstraint(
                condition=Q(printed_by=None) | Q(started_by=None) | ~Q(printed_by=F("started_by")),
                name="recovery_printed_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(loses_mailbox=False) | Q(started_by__isnull=False) & ~Q(word_digest=""),
                name="recovery_of_mailbox_has_agent_and_word",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="")
                | Q(ended_at__isnull=False, outcome__in=["done", "stopped", "expired", "spent"]),
                name="recovery_ends_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.started_at:%Y-%m-%d}"
