from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    name = "xpassfam.organisation"
    verbose_name = _("Organisme")

    def ready(self) -> None:
        from xpassfam.organisation import checks  # noqa: F401

        autodiscover_modules("for_state")
