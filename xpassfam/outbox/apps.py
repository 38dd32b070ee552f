from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "xpassfam.outbox"

    def ready(self) -> None:
        from xpassfam.outbox import checks  # noqa: F401
