from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DocumentsConfig(AppConfig):
    name = "xpassfam.documents"

    def ready(self) -> None:
        autodiscover_modules("for_documents")
