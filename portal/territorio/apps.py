from django.apps import AppConfig


class TerritorioConfig(AppConfig):
    name = "portal.territorio"
    label = "territorio"
    verbose_name = "Territorio"
