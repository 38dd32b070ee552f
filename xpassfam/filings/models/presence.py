"""Which agents have a filing open."""

from datetime import datetime, timedelta

from django.db import models

from xpassfam.accounts.models import Account
from xpassfam.filings.models.filing import Filing

LASTS = timedelta(minutes=5)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def others(self, account: Account, *, at: datetime) -> "PresenceQuerySet":
        return self.filter(seen_at__gt=at - LASTS).exclude(account=account).select_related("account")


class Presence(models.Model):
    """Renewed when the page is opened, and while it is seen (`presence.js`); forgotten after `LASTS`."""

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="presences")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "account"], name="presence_once_by_agent")]
