from django.apps import AppConfig


class AccesoConfig(AppConfig):
    name = "portal.acceso"
    label = "acceso"
    verbose_name = "Acceso"
