"""When the portal is closed to families, and what the sign-in page says."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Maintenance(models.Model):
    maintenance_from = models.DateTimeField(_("travaux : début"), null=True, blank=True)
    maintenance_until = models.DateTimeField(_("travaux : fin"), null=True, blank=True)
    maintenance_notice = models.TextField(
        _("travaux : précision"),
        blank=True,
        max_length=400,
        help_text=_("Une phrase de plus, si elle aide. Les heures et le téléphone sont déjà dits."),
    )
    sign_in_notice = models.TextField(
        _("message sur la page de connexion"),
        blank=True,
        max_length=400,
        help_text=_("Visible de tous, dès l’enregistrement : rien de personnel. Vide : pas de message."),
    )

    class Meta:
        abstract = True

    def is_in_maintenance(self, at: datetime) -> bool:
        start, end = self.maintenance_from, self.maintenance_until
        return start is not None and end is not None and start <= at < end

    def announces_maintenance(self, at: datetime) -> bool:
        """True from the day the window is set until it opens."""
        return self.maintenance_from is not None and at < self.maintenance_from

    def clean(self) -> None:
        super().clean()
        start, end = self.maintenance_from, self.maintenance_until
        if (start is None) != (end is None):
            text = _("Donnez le début et la fin, ou aucun des deux.")
            raise ValidationError({"maintenance_until" if end is None else "maintenance_from": text})
        if start is not None and end is not None and end <= start:
            raise ValidationError({"maintenance_until": _("La fin vient après le début.")})
