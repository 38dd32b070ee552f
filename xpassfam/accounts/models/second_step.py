"""The second step: what an owner turned on, and sign-ins that wait for it."""

from django.db import models

from xpassfam.accounts.models.account import Account
from xpassfam.accounts.models.presence import Device
from xpassfam.accounts.models.recovery import UnlockPass
from xpassfam.rules.identifiers import new_public_id
from xpassfam.rules.second_step import Method


class TotpKey(models.Model):
    """The key that an application of codes shares with us, locked. `last_step`: the last period whose code served."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="totp_key")
    sealed_key = models.BinaryField()
    key_name = models.CharField(max_length=8)
    last_step = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)


class Passkey(models.Model):
    """A key that a device or a key-ring keeps. `credential`: its identifier and public key, as fido2 writes."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passkeys")
    credential_id = models.CharField(max_length=1400, unique=True)  # at most 1,023 bytes, in base64url
    credential = models.BinaryField()
    name = models.CharField(max_length=60)
    sign_count = models.PositiveBigIntegerField(default=0)
    is_backed_up = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)


class PasskeyChallenge(models.Model):
    """What a browser is to sign: random, once, a few minutes."""

    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True)  # nobody yet, where one signs in by it
    state = models.JSONField()
    expires_at = models.DateTimeField(db_index=True)


class RecoveryCode(models.Model):
    """One line of the owner's sheet, hashed as a password is. `number` tells which row to verify."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    number = models.PositiveSmallIntegerField()
    hash = models.CharField(max_length=128)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "number"], name="recovery_code_once_per_account"),
        ]


class PendingSignIn(models.Model):
    """The password was right, the second step is to come: no session yet. The browser holds the token, for minutes.

    `carried`, `next` and `remember` wait with it. For who is signed in and proves it again, `session_key` is the digest
    of their session's.
    """

    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="pending_sign_ins")
    device = models.ForeignKey(Device, on_delete=models.SET_NULL, null=True)
    unlock = models.ForeignKey(UnlockPass, on_delete=models.SET_NULL, null=True)
    methods = models.JSONField()
    remember = models.BooleanField(default=False)
    next = models.TextField(blank=True)
    carried = models.TextField(blank=True)
    session_key = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    @property
    def may_use(self) -> list[Method]:
        return [Method(method) for method in self.methods]


class SentCode(models.Model):
    """Six digits that left by e-mail or SMS for one sign-in."""

    pending = models.ForeignKey(PendingSignIn, on_delete=models.CASCADE, related_name="codes")
    method = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)
