from django.apps import AppConfig


class AvisosConfig(AppConfig):
    name = "portal.avisos"
    label = "avisos"
    verbose_name = "Avisos"
