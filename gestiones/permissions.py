"""Who may do what with the clients attended; when it may be done is `Gestion.TRANSICIONES`."""

from gestiones.models import Designacion, Gestion
from portal import reloj
from portal.cuentas.funciones import Funcion
from portal.cuentas.models import Perfil, Unidad

_MIRAN = ["gestiones.ver_gestiones", "gestiones.ver_planilla"]
FUNCIONES = {
    Funcion.AGENTE: ["gestiones.cargar_gestion", "gestiones.ver_gestiones"],
    Funcion.JEFE_UNIDAD: [*_MIRAN, "gestiones.validar_gestion"],
    Funcion.SEGUIMIENTO: _MIRAN,
    Funcion.GERENCIA: _MIRAN,
    Funcion.DIRECCION: _MIRAN,
}


def designacion_de_hoy(perfil: Perfil) -> Designacion | None:
    """Where and as what `perfil` attends today (G-06); None: not defined, so nothing can be logged."""
    if perfil.distribuidora is None:
        return None
    hoy = reloj.hoy(perfil.distribuidora.zona_horaria)
    propias = Designacion.objects.select_related("unidad__distribuidora").filter(funcionario=perfil)
    return propias.vigentes(hoy).first()


def puede_cargar(perfil: Perfil) -> bool:
    """Officers log; whether today, their unit's head has defined."""
    return perfil.tiene("gestiones.cargar_gestion")


def puede_corregir(perfil: Perfil, gestion: Gestion) -> bool:
    """Only who attended the client corrects."""
    return perfil.pk == gestion.agente_id and puede_cargar(perfil)


def dirige(perfil: Perfil, unidad: Unidad) -> bool:
    """The head of that unit or of one above it."""
    visibles = perfil.unidades_visibles
    en_alcance = unidad.distribuidora_id == perfil.distribuidora_id and (visibles is None or unidad.pk in visibles)
    return en_alcance and perfil.tiene("gestiones.validar_gestion")


def puede_revisar(perfil: Perfil, gestion: Gestion) -> bool:
    """The unit's head, and nobody their own."""
    return dirige(perfil, gestion.unidad) and perfil.pk != gestion.agente_id
