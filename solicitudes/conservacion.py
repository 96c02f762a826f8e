"""What is kept of requests."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from portal.conservacion.clases import Clase, de_casos_en_reposo
from solicitudes.actions import olvidar_borradores
from solicitudes.models import Borrador, Solicitud


def _terminadas() -> QuerySet[Any]:
    return Solicitud._base_manager.exclude(estado__in=Solicitud.ABIERTOS)


def _borradores(limite: datetime) -> QuerySet[Borrador]:
    return Borrador._base_manager.filter(guardado__lte=limite)


def _con_correo(limite: datetime) -> QuerySet[Solicitud]:
    enviadas = Solicitud._base_manager.filter(enviado__lte=limite).exclude(correo_adicional="")
    return de_casos_en_reposo(enviadas, limite)


def _borrar_correo(solicitudes: QuerySet[Solicitud]) -> None:
    solicitudes.update(correo_adicional="")


TERMINADOS = [_terminadas]
CLASES = [
    Clase(
        codigo="solicitudes.borradores",
        nombre="Borradores de solicitudes",
        desde="la última vez que se guardaron",
        borra="Se borra el borrador con sus archivos. Nunca fue una solicitud: no queda nada.",
        vencidas=_borradores,
        borrar=olvidar_borradores,
    ),
    Clase(
        codigo="solicitudes.correo",
        nombre="Correo adicional de solicitudes terminadas",
        desde="lo último que pasó en el caso",
        borra="Se borra ese correo. Queda la solicitud, con quien la envió.",
        vencidas=_con_correo,
        borrar=_borrar_correo,
    ),
]
