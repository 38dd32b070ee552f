"""What is shown from a day to another, both included, or always."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def ends_after_it_opens(name: str) -> models.CheckConstraint:
    is_so = Q(opens_on=None) | Q(closes_on=None) | Q(closes_on__gte=F("opens_on"))
    return models.CheckConstraint(condition=is_so, name=name)


class Dated(models.Model):
    opens_on = models.DateField(_("depuis le"), null=True, blank=True, help_text=_("Vide : depuis toujours."))
    closes_on = models.DateField(_("jusqu’au"), null=True, blank=True, help_text=_("Ce jour compris. Vide : sans fin."))

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": _("Cette date vient avant la première. Échangez les deux dates.")})

    def is_open(self, on: date) -> bool:
        return not self.opens_later(on) and not self.is_over(on)

    def opens_later(self, on: date) -> bool:
        return self.opens_on is not None and on < self.opens_on

    def is_over(self, on: date) -> bool:
        return self.closes_on is not None and on > self.closes_on
