from django.apps import AppConfig


class SeccionConfig(AppConfig):
    """The follow-up section of Reclamos, an application inside that domain."""

    name = "reclamos.seccion"
    label = "seccion"
    verbose_name = "Sección Control y Seguimiento"

    def ready(self) -> None:
        from portal import portada
        from portal.cuentas.funciones import TipoPerfil
        from reclamos.seccion.views import asuntos

        for permiso in ("seccion.tramitar", "seccion.decidir"):
            portada.registrar(TipoPerfil.AGENTE, asuntos.inicio, permiso=permiso)
