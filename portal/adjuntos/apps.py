from django.apps import AppConfig


class AdjuntosConfig(AppConfig):
    name = "portal.adjuntos"
    label = "adjuntos"
    verbose_name = "Adjuntos"
