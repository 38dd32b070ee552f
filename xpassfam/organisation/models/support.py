"""What is promised to whoever writes to the assistance: within how long, and when somebody reads."""

from datetime import time

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

PROMISE_HOURS = (4, 240)


class SupportPromise(models.Model):
    promise_hours = models.PositiveSmallIntegerField(
        _("réponse promise, en heures"),
        default=48,
        validators=[MinValueValidator(PROMISE_HOURS[0]), MaxValueValidator(PROMISE_HOURS[1])],
        help_text=_("De 4 à 240. Elles ne courent que les jours ouvrés : 48 heures font 2 jours ouvrés."),
    )
    support_opens_at = models.TimeField(
        _("l’assistance ouvre à"), default=time(9), help_text=_("Ce qui arrive avant compte à partir de cette heure.")
    )
    support_closes_at = models.TimeField(
        _("l’assistance ferme à"),
        default=time(17),
        help_text=_("Ce qui arrive après compte à partir de l’ouverture suivante."),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.support_opens_at and self.support_closes_at and self.support_opens_at >= self.support_closes_at:
            raise ValidationError({"support_closes_at": _("L’assistance ferme après avoir ouvert.")})
