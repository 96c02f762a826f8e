"""The history of a document as a page tells it: only what whoever looks may read now."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings

from portal.cuentas.models import Perfil
from portal.documentos.models import Documento
from portal.historial import hechos
from portal.historial.models import Evento

if TYPE_CHECKING:
    from portal.adjuntos.models import Adjunto


@dataclass(frozen=True)
class Hecho:
    """One line of the history."""

    frase: str
    icono: str
    autor: str
    cuando: datetime
    nota: str
    adjuntos: "list[Adjunto]"


def relato(documento: Documento, perfil: Perfil | None) -> list[Hecho]:
    """What happened to `documento`, newest first, without the words and files that `perfil` may not read yet.

    `perfil` is None for who holds the key of the case and has no account.
    """
    eventos = (
        documento.caso.eventos.exclude(hecho__in=hechos.lecturas())
        .select_related("perfil__usuario", "perfil__distribuidora", "comentario")
        .prefetch_related("adjuntos")
        .order_by("-cuando", "-pk")
    )
    return [
        Hecho(
            frase=hechos.frase(evento),
            icono=hechos.icono(evento),
            autor=autor(evento, para=perfil),
            cuando=evento.cuando,
            nota=evento.nota if documento.puede_leer_nota(perfil, evento) else "",
            adjuntos=[a for a in evento.adjuntos.all() if documento.puede_leer(perfil, a)],
        )
        for evento in eventos
    ]


def autor(evento: Evento, *, para: Perfil | None) -> str:
    """Who did it: for applicants the house, for the houses themselves also the person."""
    if evento.perfil is None:
        return settings.NOMBRE_PRODUCTO
    casa = str(evento.perfil.distribuidora or ("SEC" if evento.perfil.es_sec else ""))
    if casa and para is not None and not para.es_solicitante:
        return f"{evento.perfil.nombre}, {casa}"
    return casa or evento.perfil.nombre
