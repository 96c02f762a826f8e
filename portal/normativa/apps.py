from django.apps import AppConfig


class NormativaConfig(AppConfig):
    name = "portal.normativa"
    label = "normativa"
    verbose_name = "Normativa"
