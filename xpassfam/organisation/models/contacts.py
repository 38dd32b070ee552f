"""How a family reaches a human being."""

import re

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

is_phone = RegexValidator(
    r"^(\+\d{1,3}[ .]?)?\d([ .-]?\d){2,14}\Z", _("Écrivez le numéro comme 02 61 91 44 00, ou +33 2 61 91 44 00.")
)


def phone_address(phone: str) -> str:
    """What a link needs to call: « 02 61 91 44 00 » gives « tel:+33261914400 », « 3949 » gives « tel:3949 »."""
    digits = re.sub(r"[^\d+]", "", phone)
    return "tel:" + re.sub(r"^0(?=\d{9}$)", "+33", digits)


class Contacts(models.Model):
    support_email = models.EmailField(
        _("e-mail de l’assistance"), blank=True, help_text=_("Une boîte lue chaque jour : les familles y écrivent.")
    )
    support_phone = models.CharField(_("téléphone de l’assistance"), max_length=24, blank=True, validators=[is_phone])
    support_hours = models.CharField(
        _("heures de l’assistance"), max_length=120, blank=True, help_text=_("Par exemple : lundi–vendredi, 9 h–17 h")
    )
    security_email = models.EmailField(
        _("e-mail pour la sécurité"),
        blank=True,
        help_text=_("Reçoit les alertes ; les familles ne le voient pas. Vide : l’assistance."),
    )
    postal_address = models.TextField(
        _("adresse postale"), blank=True, help_text=_("Où écrire ou venir : c’est le moyen de se passer d’internet.")
    )

    class Meta:
        abstract = True

    @property
    def support_phone_address(self) -> str:
        return phone_address(self.support_phone)
