"""A time in which nothing grave of an account changes: whoever took its mailbox over set a new password first."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.models.account import Account


class FreezeQuerySet(models.QuerySet["Freeze"]):
    def in_force(self, at: datetime) -> Self:
        return self.filter(lifted_at=None, since__lte=at, until__gt=at)


class Freeze(models.Model):
    """One cause, from when and until when; lifted before its time by whoever proved who they are."""

    class Reason(models.TextChoices):
        PASSWORD_RESET = "password_reset", _("nouveau mot de passe choisi par e-mail")
        EMAIL_CHANGE = "email_change", _("nouvelle adresse de connexion")
        NOT_ME = "not_me", _("« Ce n’était pas moi »")
        RECOVERY = "recovery", _("compte rouvert par un courrier de secours")
        DISCREET = "discreet", _("nouveaux choix pour les messages")  # discreet mode: read over a shoulder

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="freezes")
    reason = models.CharField(max_length=20, choices=Reason)
    since = models.DateTimeField()
    until = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = FreezeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["account", "until"], name="freeze_by_account")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="freeze_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(reason__in=["password_reset", "email_change", "not_me", "recovery", "discreet"]),
                name="freeze_reason_is_known",
            ),
        ]
