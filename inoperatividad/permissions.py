"""Who may do what with outages; when it may be done is each document's TRANSICIONES."""

from inoperatividad.models import Escenario, Registro
from portal.cuentas.funciones import Funcion
from portal.cuentas.models import Perfil, Unidad

_P = "inoperatividad."
VER, REGISTRAR, PROBAR = f"{_P}ver_registros", f"{_P}registrar", f"{_P}registrar_prueba"
MASIVAS, CERRAR, EVALUAR, OPINAR = f"{_P}gestionar_masivas", f"{_P}cerrar_masivas", f"{_P}evaluar", f"{_P}opinar"
GERENCIA, DIRECCION, CATALOGOS = f"{_P}aprobar_gerencia", f"{_P}aprobar_direccion", f"{_P}editar_catalogos"
REPORTES = f"{_P}ver_reportes"
FUNCIONES = {
    Funcion.RESPONSABLE_PUNTO: [VER, REGISTRAR],
    Funcion.FALLAS: [VER, MASIVAS],
    Funcion.SOPORTE: [VER, CERRAR, PROBAR],
    Funcion.CONTROL: [VER, EVALUAR, CATALOGOS, PROBAR, REPORTES],
    Funcion.MEJORA: [VER, OPINAR],
    Funcion.GERENCIA: [VER, GERENCIA, REPORTES],
    Funcion.DIRECCION: [VER, DIRECCION, REPORTES],
}


def _de_la_empresa(perfil: Perfil, documento: object) -> bool:
    return perfil.distribuidora_id == documento.distribuidora_id  # type: ignore[attr-defined]


def _ve(perfil: Perfil, unidad: int) -> bool:
    """Whether that unit is within the profile's reach."""
    return perfil.unidades_visibles is None or unidad in perfil.unidades_visibles


def puede_registrar(perfil: Perfil, unidad: Unidad, escenario: str) -> bool:
    """The point's responsible; errors and tests only authorised areas (I-04)."""
    permiso = PROBAR if escenario == Escenario.ERROR else REGISTRAR
    return perfil.tiene(permiso) and _de_la_empresa(perfil, unidad) and _ve(perfil, unidad.pk)


def es_responsable(perfil: Perfil, registro: Registro) -> bool:
    """The responsible of the record's own service point."""
    return perfil.tiene(REGISTRAR) and _de_la_empresa(perfil, registro) and _ve(perfil, registro.unidad_id)


def puede_cerrar(perfil: Perfil, registro: Registro) -> bool:
    """I-06: a masiva by Soporte Postventa, an unforeseen event by the point's responsible."""
    if registro.escenario == Escenario.MASIVA:
        return perfil.tiene(CERRAR) and _de_la_empresa(perfil, registro)
    return registro.escenario == Escenario.NO_PREVISTO and es_responsable(perfil, registro)


def puede_cerrar_por_error(perfil: Perfil, registro: Registro) -> bool:
    """I-06: by the responsible, or by Soporte when it finds so."""
    return es_responsable(perfil, registro) or (perfil.tiene(CERRAR) and _de_la_empresa(perfil, registro))


def puede_evaluar(perfil: Perfil, documento: object) -> bool:
    """Control e Información: evaluates, alerts errors, consolidates (I-09, I-10)."""
    return perfil.tiene(EVALUAR) and _de_la_empresa(perfil, documento)


def puede_opinar(perfil: Perfil, registro: Registro) -> bool:
    """Mejora de Procesos (I-09)."""
    return perfil.tiene(OPINAR) and _de_la_empresa(perfil, registro)


def puede_gestionar_masivas(perfil: Perfil) -> bool:
    """The mailbox Fallas de Sistemas y Plataforma alone makes it formal (I-05)."""
    return perfil.tiene(MASIVAS)


def puede_cerrar_masivas(perfil: Perfil) -> bool:
    return perfil.tiene(CERRAR)


def puede_aprobar(perfil: Perfil, documento: object) -> bool:
    """Manager or director, or their deputies (I-10)."""
    return (perfil.tiene(GERENCIA) or perfil.tiene(DIRECCION)) and _de_la_empresa(perfil, documento)


def puede_editar_catalogos(perfil: Perfil) -> bool:
    return perfil.tiene(CATALOGOS)
