"""What a profile can do with a record, a masiva or a report now: the predicates that actions and views ask."""

from dataclasses import dataclass

from django.urls import reverse

from inoperatividad import permissions as p
from inoperatividad.models import (
    EstadoMasiva,
    EstadoReporte,
    Evaluacion,
    Masiva,
    Registro,
    Reporte,
    Suceso,
    SucesoMasiva,
    SucesoReporte,
)
from portal.cuentas.models import Perfil


@dataclass(frozen=True)
class Accion:
    """A button: its words, icon and look; `post` when it acts at once."""

    texto: str
    icono: str
    url: str
    estilo: str = "btn-outline-primary"
    post: bool = False


def _ruta(nombre: str, clave: int) -> str:
    return reverse(f"inoperatividad:{nombre}", args=[clave])


def evaluacion_de(registro: Registro) -> Evaluacion | None:
    """The record's evaluation, if it has begun."""
    return getattr(registro, "evaluacion", None)


def acciones(perfil: Perfil, registro: Registro) -> list[Accion]:
    """The buttons for `perfil` on `registro`, the most likely first; nothing that would be refused."""
    n, admite = registro.correlativo, registro.admite
    evaluacion = evaluacion_de(registro)
    evalua = p.puede_evaluar(perfil, registro)
    consultada = evaluacion is not None and evaluacion.consultada is not None
    espera = evaluacion is not None and evaluacion.espera_opinion
    posibles = [
        (
            p.puede_cerrar(perfil, registro) and admite(Suceso.CERRAR),
            Accion("Cerrar registro", "check-circle", _ruta("cerrar", n), "btn-primary"),
        ),
        (
            evalua and admite(Suceso.EVALUAR),
            Accion("Iniciar la evaluación", "eye", _ruta("evaluar", n), "btn-primary", post=True),
        ),
        (
            evalua and admite(Suceso.CONCLUIR),
            Accion("Evaluar", "eye", _ruta("evaluacion", n), "btn-primary"),
        ),
        (
            evalua and admite(Suceso.CONSULTAR) and not consultada,
            Accion("Consultar a Mejora de Procesos", "chat-left-text", _ruta("consultar", n), post=True),
        ),
        (
            p.puede_opinar(perfil, registro) and admite(Suceso.OPINAR) and espera,
            Accion("Opinar si procede", "chat-left-text", _ruta("opinar", n), "btn-primary"),
        ),
        (
            evaluacion is not None and not (evalua and admite(Suceso.CONCLUIR)),
            Accion("Ver la evaluación", "eye", _ruta("evaluacion", n)),
        ),
        (
            evalua and admite(Suceso.REABRIR) and registro.reporte_id is None,
            Accion("Volver a evaluar", "arrow-repeat", _ruta("reabrir", n)),
        ),
        (
            evalua and registro.estado != Registro.Estado.REPORTADO,
            Accion("Alertar un error al canal", "exclamation-triangle", _ruta("alertar_error", n)),
        ),
        (
            p.puede_cerrar_por_error(perfil, registro) and admite(Suceso.CERRAR_POR_ERROR),
            Accion("Cerrar como Error de Usuario", "slash-circle", _ruta("cerrar_por_error", n), "btn-outline-danger"),
        ),
    ]
    return [accion for puede, accion in posibles if puede]


def acciones_de_masiva(perfil: Perfil, masiva: Masiva) -> list[Accion]:
    """What Fallas and Soporte can do with a masiva now."""
    n, gestiona = masiva.numero, p.puede_gestionar_masivas(perfil)
    por_cerrar = masiva.estado == EstadoMasiva.TERMINADA and masiva.registros.abiertos().exists()
    posibles = [
        (
            gestiona and masiva.admite(SucesoMasiva.DECLARAR),
            Accion("Declarar", "lightning-charge", _ruta("confirmar", n), "btn-primary"),
        ),
        (
            gestiona and masiva.admite(SucesoMasiva.TERMINAR),
            Accion("Terminar", "check-circle", _ruta("terminar", n), "btn-primary"),
        ),
        (
            gestiona and masiva.admite(SucesoMasiva.DESCARTAR),
            Accion("Descartar", "slash-circle", _ruta("descartar", n), "btn-outline-danger"),
        ),
        (
            p.puede_cerrar_masivas(perfil) and por_cerrar,
            Accion("Cerrar registros", "check-circle", _ruta("cerrar_registros", n), "btn-primary"),
        ),
    ]
    return [accion for puede, accion in posibles if puede]


def acciones_de_reporte(perfil: Perfil, reporte: Reporte) -> list[Accion]:
    """What Control e Información, manager and director can do with a report now."""
    n, evalua, aprueba = reporte.numero, p.puede_evaluar(perfil, reporte), p.puede_aprobar(perfil, reporte)
    falta = (perfil.tiene(p.GERENCIA) and reporte.gerencia is None) or (
        perfil.tiene(p.DIRECCION) and reporte.direccion is None
    )
    propia = perfil.pk in (reporte.gerencia_por_id, reporte.direccion_por_id)
    posibles = [
        (
            evalua and reporte.estado == EstadoReporte.BORRADOR,
            Accion("Pedir la aprobación", "send", _ruta("proponer", n), "btn-primary", post=True),
        ),
        (
            evalua and reporte.estado == EstadoReporte.BORRADOR,
            Accion("Cambiar la selección", "pencil", _ruta("cambiar", n)),
        ),
        (
            aprueba and reporte.admite(SucesoReporte.APROBAR) and falta and not propia,
            Accion("Aprobar", "shield-check", _ruta("aprobar", n), "btn-primary", post=True),
        ),
        (
            evalua and reporte.admite(SucesoReporte.ENVIAR),
            Accion("Marcar como enviado", "send", _ruta("enviar", n), "btn-primary"),
        ),
        (
            aprueba and reporte.admite(SucesoReporte.OBSERVAR),
            Accion("Observar", "exclamation-triangle", _ruta("observar", n), "btn-outline-danger"),
        ),
    ]
    return [accion for puede, accion in posibles if puede]
