"""Where an account is open: sessions, and the devices it has been used on."""

from datetime import datetime

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from xpassfam.accounts.models.account import Account
from xpassfam.rules.identifiers import new_public_id


class Device(models.Model):
    """A browser, known by a random cookie of which only the SHA-256 is kept."""

    digest = models.CharField(max_length=64, unique=True)
    previous_digest = models.CharField(max_length=64, blank=True, db_index=True)
    rotated_at = models.DateTimeField()
    created_at = models.DateTimeField()


class KnownDevice(models.Model):
    """An account used on a device: a shared computer serves several persons."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="known")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="known_devices")
    label = models.CharField(max_length=80)
    first_seen_at = models.DateTimeField()
    last_sign_in_at = models.DateTimeField()
    trusted_until = models.DateTimeField(null=True)  # until then, the second step is waived here

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "account"], name="known_device_once_per_account")]

    def is_trusted(self, at: datetime) -> bool:
        return bool(self.trusted_until and self.trusted_until > at)


class Session(AbstractBaseSession):
    """A session row. `session_key` is the SHA-256 of the cookie: a stolen backup opens nothing."""

    session_key = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="sessions")
    device = models.ForeignKey(Device, on_delete=models.SET_NULL, null=True)
    method = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)
    absolute_end = models.DateTimeField(null=True)
    idle_seconds = models.PositiveIntegerField(default=0)
