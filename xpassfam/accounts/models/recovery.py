"""Ways back in: a new password, a pass through a pause."""

from django.db import models

from xpassfam.accounts.models.account import Account


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
