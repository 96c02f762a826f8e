"""What is kept of files."""

from datetime import datetime

from django.db.models import QuerySet

from portal.adjuntos.actions import vaciar
from portal.adjuntos.models import Adjunto, Guardado
from portal.adjuntos.reservados import tipos_reservados
from portal.conservacion.clases import Clase, de_casos_en_reposo, eliminar

BORRADO = "Borrado al cumplirse su plazo"


def _sin_formulario(limite: datetime) -> QuerySet[Guardado]:
    return Guardado._base_manager.filter(creado__lte=limite)


def _identidad(limite: datetime) -> QuerySet[Adjunto]:
    documentos = Adjunto._base_manager.filter(tipo__in=tipos_reservados(), subido__lte=limite).exclude(archivo="")
    return de_casos_en_reposo(documentos, limite)


def _borrar_identidad(documentos: QuerySet[Adjunto]) -> None:
    vaciar(documentos, con=BORRADO)


CLASES = [
    Clase(
        codigo="adjuntos.sin_formulario",
        nombre="Archivos que nadie llegó a enviar",
        desde="que se subieron",
        borra="Se borran los archivos que esperaban un formulario que no se envió. De ellos no queda nada.",
        vencidas=_sin_formulario,
        borrar=eliminar,
    ),
    Clase(
        codigo="adjuntos.identidad",
        nombre="Documentos de identidad de casos terminados",
        desde="lo último que pasó en el caso",
        borra="Se borra el archivo. Queda en el caso que se presentó, cuándo y su SHA-256.",
        vencidas=_identidad,
        borrar=_borrar_identidad,
    ),
]
