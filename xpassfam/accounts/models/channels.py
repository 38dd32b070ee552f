"""How a person is reached: their choices, a number being verified, and notices that they can disown."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.models.account import Account


class Subject(models.TextChoices):
    """What notices are about, as a person chooses where to get them. Security is none of them: always, everywhere."""

    REQUESTS = "requests", _("Vos démarches")
    HOME = "home", _("Votre foyer et ses accès")
    DOCUMENTS = "documents", _("Vos documents")
    PAYMENTS = "payments", _("Vos paiements")
    RIGHTS = "rights", _("Vos droits à venir")
    REMINDERS = "reminders", _("Les rappels avant une date")


# Acknowledgements and decisions make time limits run; whoever enters a file must not do it unseen.
# Source: CRPA, art. L. 112-3, R. 112-5.
ALWAYS_BY_EMAIL = frozenset({Subject.REQUESTS, Subject.HOME})


class ContactChoices(models.Model):
    """Where somebody wants to be told what; no row: by e-mail, everything.

    Discreet: nothing reaches a channel that another reads, named here or found (see `reaching`).
    """

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="contact_choices")
    without_email = models.JSONField(default=list)  # subjects
    by_sms = models.JSONField(default=list)
    is_discreet = models.BooleanField(default=False)
    email_is_shared = models.BooleanField(default=False)
    phone_is_shared = models.BooleanField(default=False)


class PhoneChange(models.Model):
    """Six digits sent to a number that somebody says is theirs."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="phone_changes")
    number = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)


class Alert(models.Model):
    """A notice of security, with the link « Ce n’était pas moi »: its secret acts without signing in, once.

    `kind` is that of the line of history.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="alerts")
    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def is_live(self, at: datetime) -> bool:
        return self.used_at is None and self.expires_at > at
