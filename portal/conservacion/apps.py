from django.apps import AppConfig


class ConservacionConfig(AppConfig):
    name = "portal.conservacion"
    label = "conservacion"
    verbose_name = "Conservación"
