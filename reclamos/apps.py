from django.apps import AppConfig


class ReclamosConfig(AppConfig):
    name = "reclamos"
    verbose_name = "Reclamos"

    def ready(self) -> None:
        from portal import portada, puertos
        from portal.adjuntos.reservados import reservar
        from portal.cuentas.funciones import TipoPerfil
        from portal.impresos.actions import al_estar_listo
        from portal.sgc import puerto
        from reclamos import avisos, fuentes
        from reclamos.views import bandeja

        for tipo, permiso in ((TipoPerfil.AGENTE, "tramitar_reclamo"), (TipoPerfil.SEC, "decidir_recurso")):
            portada.registrar(tipo, bandeja.bandeja, permiso=f"reclamos.{permiso}")
        al_estar_listo(avisos.FORMULARIO, avisos.acusar_con_formulario)
        puerto.registrar_fuente(puerto.Clase.RECLAMO, fuentes.reclamo_de_este_portal)
        reservar("cedula")
        puertos.registrar_conteo_de_reclamos(fuentes.reclamos_del_dia)
