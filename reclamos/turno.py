"""Who has to act next on a complaint, what exactly, and by when."""

from datetime import datetime

from django.urls import reverse

from portal import reloj
from portal.cuentas.models import Distribuidora, Perfil
from portal.documentos.turno import Turno
from portal.listas.catalogo import Catalogo
from portal.plazos.models import Regla
from portal.plazos.plazo import Plazo
from reclamos.models import Estado, Reclamo, Recurso
from reclamos.models.recurso import EstadoRecurso
from reclamos.permissions import reclama

DISTRIBUIDORAS = Catalogo(Distribuidora)
REGLAS = Catalogo(Regla)
QUIEN_RECLAMA = "Quien reclama"
SEGUNDA = "SEC, segunda instancia"
AVISAREMOS = "Te avisaremos por correo."


def _plazo(
    reclamo: Reclamo,
    desde: datetime,
    vence: datetime | None,
    regla: int | None = None,
    cumplido: datetime | None = None,
    pausas: tuple[tuple[datetime, datetime | None], ...] = (),
) -> Plazo:
    empresa = DISTRIBUIDORAS.de(reclamo.distribuidora_id)
    return Plazo(
        desde=desde,
        vence=vence,
        pais=empresa.pais,
        zona=empresa.zona_horaria,
        unidad=REGLAS.de(regla).unidad if regla else Regla.Unidad.HABILES,
        cumplido=cumplido,
        pausas=pausas,
    )


def plazo_de_respuesta(reclamo: Reclamo) -> Plazo:
    """The company's clock, from the filing to the answer, without the time to complete the complaint."""
    pausas = ((reclamo.completar_pedido, reclamo.completado),) if reclamo.completar_pedido else ()
    return _plazo(
        reclamo, reclamo.ingresado, reclamo.vence, reclamo.regla_id, cumplido=reclamo.respondido, pausas=pausas
    )


def plazo_de_recurso(reclamo: Reclamo, recurso: Recurso) -> Plazo:
    """The clock that runs for an appeal or a queja: to forward it, then to decide it."""
    if recurso.elevado is None:
        return _plazo(reclamo, recurso.presentado, recurso.elevar_hasta, recurso.regla_elevar_id)
    return _plazo(reclamo, recurso.elevado, recurso.decidir_hasta, recurso.regla_decidir_id, cumplido=recurso.decidido)


def apelable(reclamo: Reclamo) -> bool:
    """An answer that is not in favour, within the term to appeal."""
    a_tiempo = reclamo.apelar_hasta is None or reloj.ahora() <= reclamo.apelar_hasta
    return reclamo.estado == Estado.RESPONDIDO and reclamo.resultado != "fundado" and a_tiempo


def _de_quien_reclama(reclamo: Reclamo, propio: bool, que: str, plazo: Plazo, acto: str) -> Turno:
    """The turn of who complains, with the button that does it when that is who looks."""
    texto = {"completar": "Completar el reclamo", "apelar": "Apelar"}[acto]
    url = reverse(f"reclamos:{acto}", args=[reclamo.ingreso]) if propio else ""
    return Turno(propio, QUIEN_RECLAMA, que, plazo, accion_url=url, accion_texto=texto)


def turno_de(reclamo: Reclamo, perfil: Perfil | None, recursos: list[Recurso]) -> Turno | None:
    """Whose turn it is, seen by `perfil` (None: who holds the key); None when nobody has to do anything."""
    empresa = DISTRIBUIDORAS.de(reclamo.distribuidora_id)
    propio = reclama(perfil, reclamo)
    nota = AVISAREMOS if propio else ""
    tramita = (
        perfil is not None
        and perfil.tiene("reclamos.tramitar_reclamo")
        and perfil.distribuidora_id == reclamo.distribuidora_id
    )
    match reclamo.estado:
        case Estado.INGRESADO:
            que = "Dar el código y responder"
            return Turno(tramita, str(empresa), que, plazo_de_respuesta(reclamo), nota=nota)
        case Estado.EN_TRAMITE:
            return Turno(tramita, str(empresa), "Responder", plazo_de_respuesta(reclamo), nota=nota)
        case Estado.POR_COMPLETAR if reclamo.completar_hasta and reloj.ahora() > reclamo.completar_hasta:
            return Turno(tramita, str(empresa), "Responder: no se completó a tiempo", nota=nota)
        case Estado.POR_COMPLETAR if reclamo.completar_pedido:
            plazo = _plazo(reclamo, reclamo.completar_pedido, reclamo.completar_hasta)
            return _de_quien_reclama(reclamo, propio, "Completar el reclamo", plazo, "completar")
        case Estado.RESPONDIDO if apelable(reclamo) and reclamo.respondido:
            plazo = _plazo(reclamo, reclamo.respondido, reclamo.apelar_hasta)
            que = "Apelar, si no estás de acuerdo" if propio else "Decidir si apela"
            return _de_quien_reclama(reclamo, propio, que, plazo, "apelar")
        case Estado.EN_APELACION:
            recurso = next((r for r in recursos if r.clase == Recurso.Clase.APELACION), None)
            if recurso is None:
                return None
            plazo = plazo_de_recurso(reclamo, recurso)
            if recurso.estado == EstadoRecurso.PRESENTADO:
                return Turno(tramita, str(empresa), "Elevar la apelación", plazo, nota=nota)
            decide = perfil is not None and perfil.tiene("reclamos.decidir_recurso")
            return Turno(decide, SEGUNDA, "Decidir la apelación", plazo, nota=nota)
    return None
