from django.apps import AppConfig


class PlazosConfig(AppConfig):
    name = "portal.plazos"
    label = "plazos"
    verbose_name = "Plazos"
