from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "xpassfam.ui"

    def ready(self) -> None:
        from xpassfam.ui.plurals import count_as_french_does

        count_as_french_does()
