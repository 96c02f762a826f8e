from django.apps import AppConfig


class InoperatividadConfig(AppConfig):
    name = "inoperatividad"
    verbose_name = "Inoperatividad"

    def ready(self) -> None:
        from inoperatividad import permissions
        from inoperatividad.views import ahora
        from portal import portada
        from portal.cuentas.funciones import TipoPerfil

        portada.registrar(TipoPerfil.AGENTE, ahora.inicio, permiso=permissions.VER)
