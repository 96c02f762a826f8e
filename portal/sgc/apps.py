from django.apps import AppConfig


class SgcConfig(AppConfig):
    name = "portal.sgc"
    label = "sgc"
    verbose_name = "Sistema de gestión comercial"
