from django.apps import AppConfig


class GestionesConfig(AppConfig):
    name = "gestiones"
    verbose_name = "Gestiones"

    def ready(self) -> None:
        from gestiones.views import carga, revision
        from portal import portada
        from portal.cuentas.funciones import TipoPerfil

        portada.registrar(TipoPerfil.AGENTE, carga.inicio, permiso="gestiones.cargar_gestion")
        portada.registrar(TipoPerfil.AGENTE, revision.inicio, permiso="gestiones.validar_gestion")
