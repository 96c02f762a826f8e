from django.apps import AppConfig


class SolicitudesConfig(AppConfig):
    name = "solicitudes"
    verbose_name = "Generación Ciudadana"

    def ready(self) -> None:
        from portal import portada, privacidad
        from portal.adjuntos.reservados import reservar
        from portal.cuentas.funciones import TipoPerfil
        from solicitudes.pendientes import abiertas_de
        from solicitudes.views import bandeja, panel

        portada.registrar(TipoPerfil.SOLICITANTE, bandeja.inicio)
        portada.registrar(TipoPerfil.DISTRIBUIDORA, bandeja.a_la_bandeja)
        portada.registrar(TipoPerfil.SEC, panel.panel)
        privacidad.impedimento(abiertas_de)
        reservar("cedula", "cedula_poderdante")
