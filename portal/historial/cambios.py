"""The changes of what is no case: a rule, a message, a link. Each says what was before and what is after."""

from dataclasses import dataclass
from datetime import datetime

from portal.cuentas.models import Perfil
from portal.historial import hechos
from portal.historial.models import Evento
from portal.historial.relato import autor

CUANTOS = 50


@dataclass(frozen=True)
class Cambio:
    """One change; `campos` are (label, before, after)."""

    frase: str
    icono: str
    autor: str
    cuando: datetime
    campos: list[tuple[str, str, str]]


def cambios(objeto: str, *, para: Perfil) -> list[Cambio]:
    """What was done to `objeto`, as the events name it in `datos["objeto"]`; the newest first, the last fifty."""
    eventos = (
        Evento.objects.filter(caso=None, datos__objeto=objeto)
        .select_related("perfil__usuario", "perfil__distribuidora")
        .order_by("-cuando", "-pk")[:CUANTOS]
    )
    return [
        Cambio(
            hechos.frase(evento),
            hechos.icono(evento),
            autor(evento, para=para),
            evento.cuando,
            [(rotulo, antes, despues) for rotulo, antes, despues in evento.datos.get("cambios", [])],
        )
        for evento in eventos
    ]
