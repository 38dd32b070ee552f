from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HouseholdConfig(AppConfig):
    name = "xpassfam.household"
    verbose_name = _("Familles")
