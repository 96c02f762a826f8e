"""What the layers below keep: they do not know of retention."""

from datetime import datetime

from django.db.models import QuerySet

from portal.conservacion.clases import BORRADO, Clase, de_casos_en_reposo
from portal.historial.models import Comentario


def _comentarios(limite: datetime) -> QuerySet[Comentario]:
    escritos = Comentario.objects.exclude(texto=BORRADO).filter(evento__cuando__lte=limite)
    return de_casos_en_reposo(escritos, limite, camino="evento__caso")


def _borrar(comentarios: QuerySet[Comentario]) -> None:
    comentarios.update(texto=BORRADO)


CLASES = [
    Clase(
        codigo="historial.comentarios",
        nombre="Comentarios de casos terminados",
        desde="lo último que pasó en el caso",
        borra="Se borran las palabras que alguien escribió con un paso. Queda qué pasó, cuándo y quién lo hizo.",
        vencidas=_comentarios,
        borrar=_borrar,
    )
]
