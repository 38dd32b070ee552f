from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "xpassfam.certificates"
    verbose_name = _("Attestations")
