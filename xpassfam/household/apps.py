from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class HouseholdConfig(AppConfig):
    name = "xpassfam.household"
    verbose_name = _("Familles")

    def ready(self) -> None:
        autodiscover_modules("for_household")
