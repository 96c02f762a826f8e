"""Who may do what in the section; when it may be done is each duty's table."""

from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Perfil
from reclamos.seccion.deberes import DEBERES
from reclamos.seccion.declaracion import Deber, Paso, Quien
from reclamos.seccion.estados import Suceso
from reclamos.seccion.models import Asunto
from reclamos.seccion.red.models import EventoRed

PERFILES = {TipoPerfil.SEC: ["seccion.ver_seccion", "seccion.ver_eventos"]}
FUNCIONES = {
    Funcion.SEGUIMIENTO: [
        "seccion.ver_seccion",
        "seccion.tramitar",
        "seccion.aprobar",
        "seccion.ver_eventos",
        "seccion.registrar_eventos",
    ],
    Funcion.GERENCIA: ["seccion.ver_seccion", "seccion.aprobar", "seccion.ver_eventos"],
    Funcion.JEFE_UNIDAD: ["seccion.ver_seccion", "seccion.resolver_ot"],
    Funcion.COMITE: ["seccion.ver_seccion", "seccion.decidir", "seccion.ver_eventos"],
}


def puede_registrar(perfil: Perfil) -> bool:
    """The section's own people, for their company."""
    return perfil.distribuidora_id is not None and perfil.tiene("seccion.tramitar")


def deberes_a_la_vista(perfil: Perfil) -> tuple[Deber, ...]:
    """Of which duties a profile sees cases: the committee and a unit, their own."""
    if perfil.es_sec or perfil.tiene("seccion.tramitar") or perfil.tiene("seccion.aprobar"):
        return DEBERES
    propios = ("artefactos", "sesion") if perfil.tiene("seccion.decidir") else ("ot",)
    return tuple(deber for deber in DEBERES if deber.ruta in propios)


def puede_exportar(perfil: Perfil) -> bool:
    return puede_registrar(perfil)


def puede_registrar_eventos(perfil: Perfil) -> bool:
    """The section's own people keep their company's register of network events."""
    return perfil.distribuidora_id is not None and perfil.tiene("seccion.registrar_eventos")


def puede_cambiar_evento(perfil: Perfil, evento: EventoRed) -> bool:
    return puede_registrar_eventos(perfil) and perfil.distribuidora_id == evento.distribuidora_id


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
