"""What is kept of complaints, and what of them is pending."""

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet

from portal.conservacion.clases import BORRADO, Clase, de_casos_en_reposo
from portal.reloj import ahora
from reclamos.actions.presentacion import olvidar_borradores
from reclamos.models import Borrador, Orientacion, Reclamo, Recurso
from reclamos.models.reclamo import ABIERTOS, Estado

_EN_CURSO = (*ABIERTOS, Estado.EN_APELACION)


def _reclamos_terminados() -> QuerySet[Any]:
    """Answered, decided, and no longer open to an appeal."""
    return Reclamo._base_manager.exclude(estado__in=_EN_CURSO).exclude(apelar_hasta__gt=ahora())


def _recursos_decididos() -> QuerySet[Any]:
    return Recurso._base_manager.filter(estado=Recurso.Estado.DECIDIDO)


def _recursos_pendientes() -> QuerySet[Any]:
    return Recurso._base_manager.filter(reclamo=OuterRef("pk")).exclude(estado=Recurso.Estado.DECIDIDO)


def _reclamos_de_la_persona() -> QuerySet[Any]:
    """Whoever has a complaint under way may need the own cases to prove it."""
    return Reclamo._base_manager.filter(solicitante=OuterRef("titular"), estado__in=_EN_CURSO)


def _borradores(limite: datetime) -> QuerySet[Borrador]:
    return Borrador._base_manager.filter(guardado__lte=limite)


def _reclamos(limite: datetime) -> QuerySet[Reclamo]:
    return de_casos_en_reposo(Reclamo._base_manager.exclude(nombre=BORRADO), limite)


def _borrar_persona(reclamos: QuerySet[Reclamo]) -> None:
    Recurso._base_manager.filter(reclamo__in=reclamos.values("pk")).update(motivo=BORRADO)
    reclamos.update(
        nombre=BORRADO, documento="", correo="", telefono="", suministro="", que_paso=BORRADO, que_pide=BORRADO
    )


def _orientaciones(limite: datetime) -> QuerySet[Orientacion]:
    return Orientacion._base_manager.filter(cuando__lte=limite).exclude(consulta=BORRADO)


def _borrar_orientacion(orientaciones: QuerySet[Orientacion]) -> None:
    orientaciones.update(documento="", suministro="", consulta=BORRADO, respuesta=BORRADO)


TERMINADOS = [_reclamos_terminados, _recursos_decididos]
PENDIENTES = [_recursos_pendientes, _reclamos_de_la_persona]
CLASES = [
    Clase(
        codigo="reclamos.borradores",
        nombre="Borradores de reclamos",
        desde="la última vez que se guardaron",
        borra="Se borra el borrador con sus archivos. Nunca fue un reclamo: no queda nada.",
        vencidas=_borradores,
        borrar=olvidar_borradores,
    ),
    Clase(
        codigo="reclamos.personas",
        nombre="Datos personales de reclamos terminados",
        desde="lo último que pasó en el reclamo",
        borra="Se borran nombre, documento, correo, teléfono, suministro y lo que la persona escribió, también en sus "
        "recursos. Quedan número, empresa, materia, fechas y resultado.",
        vencidas=_reclamos,
        borrar=_borrar_persona,
    ),
    Clase(
        codigo="reclamos.orientaciones",
        nombre="Orientaciones dadas",
        desde="que se dieron",
        borra="Se borran documento, suministro, consulta y respuesta. Quedan materia, canal, fecha y quién orientó.",
        vencidas=_orientaciones,
        borrar=_borrar_orientacion,
    ),
]
