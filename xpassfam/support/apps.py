from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "xpassfam.support"

    def ready(self) -> None:
        from xpassfam.organisation import promise
        from xpassfam.support import measuring
        from xpassfam.support.actions import incidents
        from xpassfam.ui.incidents import keep_with

        keep_with(incidents.keep)
        promise.declare_measure(measuring.figure)
