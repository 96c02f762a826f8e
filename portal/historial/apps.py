from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HistorialConfig(AppConfig):
    name = "portal.historial"
    label = "historial"
    verbose_name = "Historial"

    def ready(self) -> None:
        from portal.historial import guardia

        post_migrate.connect(guardia.poner, sender=self)
