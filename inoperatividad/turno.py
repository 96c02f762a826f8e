"""Who has to act next on a record, what exactly, and by when (S-22 for outages)."""

from inoperatividad.acciones import evaluacion_de
from inoperatividad.models import Escenario, Estado, Registro, Reporte
from inoperatividad.pendientes import plazo_de_opinion, plazo_de_reporte, plazo_del_reporte
from inoperatividad.permissions import CERRAR, DIRECCION, EVALUAR, GERENCIA, OPINAR, es_responsable
from portal.cuentas.models import Perfil
from portal.documentos.turno import Turno


def turno_de(registro: Registro, perfil: Perfil) -> Turno | None:
    """Whose turn it is, seen by `perfil`; None when nobody has to do anything more."""
    evaluacion = evaluacion_de(registro)
    match registro.estado:
        case Estado.ABIERTO if registro.escenario == Escenario.MASIVA:
            return Turno(perfil.tiene(CERRAR), "Soporte Postventa", "Cerrarlo cuando vuelva el servicio")
        case Estado.ABIERTO:
            return Turno(es_responsable(perfil, registro), str(registro.unidad), "Cerrarlo con su sustento")
        case Estado.EN_EVALUACION if evaluacion and evaluacion.espera_opinion:
            plazo = plazo_de_opinion(registro)
            return Turno(perfil.tiene(OPINAR), "Mejora de Procesos", "Opinar si procede", plazo)
        case Estado.CERRADO | Estado.EN_EVALUACION:
            return Turno(perfil.tiene(EVALUAR), "Control e Información", "Evaluar", plazo_de_reporte(registro))
        case Estado.EVALUADO if evaluacion and evaluacion.reportar:
            return Turno(
                perfil.tiene(EVALUAR), "Control e Información", "Consolidar el reporte", plazo_de_reporte(registro)
            )
    return None


def turno_de_reporte(reporte: Reporte, perfil: Perfil) -> Turno | None:
    """Whose turn a report is; the last approval sends it back to Control e Información."""
    plazo = plazo_del_reporte(reporte)
    match reporte.estado:
        case Reporte.Estado.BORRADOR:
            return Turno(perfil.tiene(EVALUAR), "Control e Información", "Pedir la aprobación", plazo)
        case Reporte.Estado.EN_APROBACION:
            faltan = {
                permiso: nombre
                for permiso, nombre, hecha in (
                    (GERENCIA, "la gerencia", reporte.gerencia),
                    (DIRECCION, "la dirección", reporte.direccion),
                )
                if hecha is None
            }
            toca = any(perfil.tiene(permiso) for permiso in faltan)
            nombre = " y ".join(faltan.values())
            return Turno(toca, nombre[:1].upper() + nombre[1:], "Aprobar u observar el reporte", plazo)
        case Reporte.Estado.APROBADO:
            return Turno(perfil.tiene(EVALUAR), "Control e Información", "Enviarlo a Regulatorio", plazo)
    return None
