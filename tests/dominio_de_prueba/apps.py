from django.apps import AppConfig


class PodasConfig(AppConfig):
    name = "tests.dominio_de_prueba"
    label = "podas"
    verbose_name = "Podas"
    default_auto_field = "django.db.models.BigAutoField"
