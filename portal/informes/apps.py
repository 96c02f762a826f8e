from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class InformesConfig(AppConfig):
    name = "portal.informes"
    label = "informes"
    verbose_name = "Informes"

    def ready(self) -> None:
        autodiscover_modules("informes")
