from django.apps import AppConfig


class ImpresosConfig(AppConfig):
    name = "portal.impresos"
    label = "impresos"
    verbose_name = "Documentos emitidos"
