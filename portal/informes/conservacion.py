"""How long spreadsheets are kept."""

from datetime import datetime

from django.db.models import QuerySet

from portal import reloj
from portal.conservacion.clases import Clase
from portal.informes.actions import soltar_archivos
from portal.informes.models import Informe


def _archivos(limite: datetime) -> QuerySet[Informe]:
    """A file stays at least until the day that its notice promised, whatever the rule says since."""
    hechos = Informe._base_manager.filter(terminado__lte=limite).exclude(archivo="")
    return hechos.exclude(caduca__gt=reloj.ahora())


CLASES = [
    Clase(
        codigo="informes.archivos",
        nombre="Planillas pedidas",
        desde="que estuvieron listas",
        borra="Se borra el archivo, no antes del día que dijo su aviso. Queda quién la pidió y cuándo.",
        vencidas=_archivos,
        borrar=soltar_archivos,
    )
]
