from django.apps import AppConfig


class DocumentosConfig(AppConfig):
    name = "portal.documentos"
    label = "documentos"
    verbose_name = "Documentos"
