"""Where SMS may go, and how many a day: each is paid for, and strangers earn by having them sent."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from xpassfam.organisation.models.access import bounded

FRANCE_AND_OVERSEAS = "FR GP MQ GF RE YT PM BL MF NC PF WF"


def are_countries(text: str) -> None:
    unknown = [code for code in text.split() if code not in phonenumbers.SUPPORTED_REGIONS]
    if unknown:
        raise ValidationError(
            _("Inconnu : %(codes)s. Écrivez des codes de deux lettres majuscules : FR BE CH."),
            params={"codes": ", ".join(unknown)},
        )


class SmsRules(models.Model):
    sms_countries = models.CharField(
        _("pays où partent les SMS"),
        max_length=400,
        default=FRANCE_AND_OVERSEAS,
        validators=[are_countries],
        help_text=_("Codes de deux lettres, séparés par des espaces. Seuls leurs téléphones mobiles sont acceptés."),
    )
    sms_per_number_a_day = bounded("sms_per_number_a_day", _("SMS par numéro et par jour"), default=10)
    sms_per_account_a_day = bounded("sms_per_account_a_day", _("SMS par compte et par jour"), default=10)
    sms_per_day = bounded("sms_per_day", _("SMS par jour, pour tout le portail"), default=1000)

    class Meta:
        abstract = True

    @property
    def sms_regions(self) -> frozenset[str]:
        return frozenset(self.sms_countries.split())
