"""Why people don't get in, counted by day: the organisation sees causes, and whom one step would help."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInTrouble(models.Model):
    """One person (or one unknown identifier), one cause, one day.

    `who` is a keyed digest, whether or not there is an account: it counts persons and names nobody. `account` is its
    public identifier, empty where there is none; no foreign key, so that a row costs the same.
    """

    class Cause(models.TextChoices):
        WRONG = "wrong", _("Mot de passe faux")
        CAPITALS = "capitals", _("Mot de passe tout en majuscules")
        PAUSED = "paused", _("Compte en pause")
        PAUSED_FOR_ALL = "paused_for_all", _("Pause de tout le portail")
        NOT_ACTIVATED = "not_activated", _("Compte pas encore activé")
        BLOCKED = "blocked", _("Accès bloqué")
        PASSWORD_DUE = "password_due", _("Nouveau mot de passe attendu")
        MAINTENANCE = "maintenance", _("Pendant les travaux")

    # Of these the history has its own line.
    TOLD = (Cause.BLOCKED,)

    who = models.CharField(max_length=64)
    account = models.CharField(max_length=32, blank=True)
    cause = models.CharField(max_length=20, choices=Cause)
    day = models.DateField()
    tries = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    device = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["who", "cause", "day"], name="trouble_once_a_day")]
        indexes = [
            models.Index(fields=["day"], name="trouble_by_day"),
            models.Index(fields=["account", "-last_at"], name="trouble_by_account"),
        ]
