"""What is kept of the section's cases."""

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet

from portal.conservacion.clases import Clase, de_casos_en_reposo
from reclamos.seccion.estados import CERRADOS
from reclamos.seccion.models import Asunto


def _cerrados() -> QuerySet[Any]:
    return Asunto._base_manager.filter(estado__in=CERRADOS)


def _asuntos_de_un_reclamo() -> QuerySet[Any]:
    return Asunto._base_manager.filter(reclamo=OuterRef("pk")).exclude(estado__in=CERRADOS)


def _con_persona(limite: datetime) -> QuerySet[Asunto]:
    return de_casos_en_reposo(Asunto._base_manager.exclude(interesado="", documento="", correo=""), limite)


def _borrar_persona(asuntos: QuerySet[Asunto]) -> None:
    asuntos.update(interesado="", documento="", correo="")


TERMINADOS = [_cerrados]
PENDIENTES = [_asuntos_de_un_reclamo]
CLASES = [
    Clase(
        codigo="seccion.personas",
        nombre="Interesados de asuntos cerrados de la sección",
        desde="lo último que pasó en el asunto",
        borra="Se borran nombre, documento y correo del interesado. Queda el asunto con lo que se resolvió.",
        vencidas=_con_persona,
        borrar=_borrar_persona,
    )
]
