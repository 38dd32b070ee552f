from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "xpassfam.organisation"

    def ready(self) -> None:
        from xpassfam.organisation import checks  # noqa: F401
