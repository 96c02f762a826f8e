"""What imports of the commercial system keep. The mirror itself follows that system."""

from datetime import datetime

from django.db.models import QuerySet

from portal.conservacion.clases import Clase
from portal.encargos.models import Encargo
from portal.sgc.actions import soltar_archivos
from portal.sgc.models import Importacion


def _cerradas(limite: datetime) -> QuerySet[Importacion]:
    """Read, or given up, by then; one that is being read stays."""
    abiertas = [Encargo.Estado.PENDIENTE, Encargo.Estado.EN_CURSO]
    return Importacion._base_manager.filter(creado__lte=limite).exclude(estado__in=abiertas)


def _archivos(limite: datetime) -> QuerySet[Importacion]:
    return _cerradas(limite).exclude(archivo="")


def _con_errores(limite: datetime) -> QuerySet[Importacion]:
    return _cerradas(limite).exclude(errores=[])


def _borrar_errores(importaciones: QuerySet[Importacion]) -> None:
    importaciones.update(errores=[])


CLASES = [
    Clase(
        codigo="sgc.archivos",
        nombre="Archivos de importación sin aplicar",
        desde="que se subieron",
        borra="Se borra el archivo, que ya no se puede aplicar. Queda quién lo subió, cuándo y qué traía.",
        vencidas=_archivos,
        borrar=soltar_archivos,
    ),
    Clase(
        codigo="sgc.errores",
        nombre="Errores de importaciones",
        desde="que se subió el archivo",
        borra="Se borra la lista de errores, que puede citar datos de clientes. Queda cuántos fueron.",
        vencidas=_con_errores,
        borrar=_borrar_errores,
    ),
]
