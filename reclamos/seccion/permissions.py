"""Who may do what in the section; when it may be done is each duty's table."""

from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Perfil
from reclamos.seccion.declaracion import Paso, Quien
from reclamos.seccion.estados import Suceso
from reclamos.seccion.models import Asunto

PERFILES = {TipoPerfil.SEC: ["seccion.ver_seccion"]}
FUNCIONES = {
    Funcion.SEGUIMIENTO: ["seccion.ver_seccion", "seccion.tramitar", "seccion.aprobar"],
    Funcion.GERENCIA: ["seccion.ver_seccion", "seccion.aprobar"],
    Funcion.JEFE_UNIDAD: ["seccion.ver_seccion", "seccion.resolver_ot"],
    Funcion.COMITE: ["seccion.ver_seccion", "seccion.decidir"],
}


def puede_registrar(perfil: Perfil) -> bool:
    """The section's own people, for their company."""
    return perfil.distribuidora_id is not None and perfil.tiene("seccion.tramitar")


def puede_exportar(perfil: Perfil) -> bool:
    return puede_registrar(perfil)


def puede_dar(perfil: Perfil, asunto: Asunto, paso: Paso) -> bool:
    """Who takes this step of this case; the section may also note what a unit told it by other means."""
    if perfil.distribuidora_id != asunto.distribuidora_id:
        return False
    if paso.suceso == Suceso.EXPORTAR:
        return False
    if paso.quien == Quien.UNIDAD and perfil.tiene("seccion.tramitar"):
        return True
    return perfil.tiene(f"seccion.{paso.quien}")


def es_otra_persona(perfil: Perfil, asunto: Asunto) -> bool:
    """The two-person rule: whoever proposed does not approve, under whatever profile."""
    return asunto.propuesto_por_id != perfil.usuario_id
