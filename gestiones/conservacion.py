"""What is kept of attentions at the counters."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from gestiones.models import Borrador, Estado, Gestion
from portal.conservacion.clases import BORRADO, Clase, de_casos_en_reposo, eliminar

SIN_DOCUMENTO = "borrado"


def _cerradas() -> QuerySet[Any]:
    """Validated, and the month's figures with them."""
    return Gestion._base_manager.filter(estado=Estado.VALIDADA).exclude(cierre=None)


def _borradores(limite: datetime) -> QuerySet[Borrador]:
    return Borrador._base_manager.filter(guardado__lte=limite)


def _gestiones(limite: datetime) -> QuerySet[Gestion]:
    anteriores = Gestion._base_manager.filter(momento__lte=limite).exclude(documento=SIN_DOCUMENTO)
    return de_casos_en_reposo(anteriores, limite)


def _borrar_persona(gestiones: QuerySet[Gestion]) -> None:
    gestiones.exclude(observacion="").update(observacion=BORRADO)
    gestiones.update(documento=SIN_DOCUMENTO, titular="")


TERMINADOS = [_cerradas]
CLASES = [
    Clase(
        codigo="gestiones.borradores",
        nombre="Borradores de gestiones",
        desde="la última vez que se guardaron",
        borra="Se borra lo que se estaba escribiendo. Nunca fue una gestión: no queda nada.",
        vencidas=_borradores,
        borrar=eliminar,
    ),
    Clase(
        codigo="gestiones.personas",
        nombre="Clientes atendidos en meses cerrados",
        desde="lo último que pasó en la gestión",
        borra="Se borran documento, titular y observación. Queda la gestión, que cuenta en su mes.",
        vencidas=_gestiones,
        borrar=_borrar_persona,
    ),
]
