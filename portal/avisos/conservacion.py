"""What mail keeps."""

from datetime import datetime

from django.db.models import Q, QuerySet

from portal.avisos.actions import vaciar
from portal.avisos.models import Aviso
from portal.conservacion.clases import BORRADO, Clase, de_casos_en_reposo
from portal.encargos.models import Encargo


def _avisos(limite: datetime) -> QuerySet[Aviso]:
    viejos = Aviso._base_manager.filter(terminado__lte=limite).exclude(texto=BORRADO)
    del_caso = de_casos_en_reposo(viejos.exclude(caso=None), limite).order_by().values("pk")
    return viejos.filter(Q(caso=None) | Q(pk__in=del_caso))


def _vaciar(avisos: QuerySet[Aviso]) -> None:
    avisos.filter(estado=Encargo.Estado.FALLIDO).update(estado=Encargo.Estado.CANCELADO)  # nobody sends it again empty
    vaciar(avisos, con=BORRADO)


CLASES = [
    Clase(
        codigo="avisos.contenido",
        nombre="Correos enviados",
        desde="su envío, y lo último que pasó en su caso",
        borra="Se borran dirección, asunto y texto. Queda qué mensaje fue, a qué caso y cuándo. Uno que falló ya no se "
        "puede reenviar.",
        vencidas=_avisos,
        borrar=_vaciar,
    )
]
