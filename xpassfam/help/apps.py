from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpConfig(AppConfig):
    name = "xpassfam.help"
    verbose_name = _("Aide et état du service")
