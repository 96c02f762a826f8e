from django.apps import AppConfig


class EncargosConfig(AppConfig):
    """Background work; the rows belong to the apps that have work to do."""

    name = "portal.encargos"
    label = "encargos"
    verbose_name = "Encargos"
