"""Signed daily digests of the history, and what tampering they find (R-08).

A day is one of UTC, closed an hour after its end. Its digest holds the print of each of its events, is chained to the
one of the day before, and is signed; a day without events has one too, so that nothing can be slipped into it.
"""

import hashlib
import heapq
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Max, Min

from portal import reloj
from portal.historial import firma
from portal.historial.models import Evento, Resumen

MARGEN = timedelta(hours=1)
"""After a day's end: whatever was under way at midnight has been written by then."""
TARDE = timedelta(days=2)
"""A digest made later than this after its day was made again, or nobody worked: worth a look."""
UN_DIA = timedelta(days=1)
_CLAVE, _HUELLA = 8, 16  # bytes of an event's key and of its print
_CAMPOS = ("pk", "caso_id", "cuando", "hecho", "perfil_id", "como", "desde", "datos")
_registro = structlog.get_logger(__name__)


def huella(fila: tuple[Any, ...]) -> bytes:
    """The print of an event, from all that it says."""
    pk, caso, cuando, *resto = fila
    texto = json.dumps([pk, caso, cuando.astimezone(UTC).isoformat(), *resto], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(texto.encode()).digest()[:_HUELLA]


def _del_dia(dia: date) -> Iterator[tuple[int, bytes]]:
    """Key and print of each event of a day, by key."""
    desde = datetime.combine(dia, time.min, UTC)
    filas = Evento.objects.filter(cuando__gte=desde, cuando__lt=desde + UN_DIA).order_by("pk")
    for fila in filas.values_list(*_CAMPOS).iterator(chunk_size=2000):
        yield fila[0], huella(fila)


def _anotadas(huellas: bytes) -> Iterator[tuple[int, bytes]]:
    """Key and print of each event that a digest holds, by key."""
    paso = _CLAVE + _HUELLA
    for desde in range(0, len(huellas), paso):
        yield int.from_bytes(huellas[desde : desde + _CLAVE]), huellas[desde + _CLAVE : desde + paso]


def _mensaje(resumen: Resumen) -> bytes:
    """What is signed: everything that a digest says."""
    suma = hashlib.sha256(bytes(resumen.huellas)).hexdigest()
    partes = [
        resumen.dia.isoformat(),
        resumen.eventos,
        suma,
        resumen.anterior,
        resumen.hecho.astimezone(UTC).isoformat(),
    ]
    return json.dumps(partes).encode()


def _hora_de_cierre(dia: date) -> datetime:
    return datetime.combine(dia + UN_DIA, time.min, UTC) + MARGEN


def ultimo_cerrado() -> date:
    """The last day of which nothing more is written."""
    return (reloj.ahora() - MARGEN).astimezone(UTC).date() - UN_DIA


def resumir() -> int:
    """Digest and sign every day that closed since the last one; how many there were. Two at once do it once."""
    ultimo = Resumen.objects.order_by("-dia").first()
    if ultimo:
        dia = ultimo.dia + UN_DIA
    elif primero := Evento.objects.aggregate(Min("cuando"))["cuando__min"]:
        dia = primero.astimezone(UTC).date()
    else:
        return 0
    hecho, cuantos = reloj.ahora(), 0
    while dia <= ultimo_cerrado():
        huellas = b"".join(clave.to_bytes(_CLAVE) + marca for clave, marca in _del_dia(dia))
        resumen = Resumen(
            dia=dia,
            eventos=len(huellas) // (_CLAVE + _HUELLA),
            huellas=huellas,
            anterior=ultimo.firma if ultimo else "",
            hecho=hecho,
        )
        resumen.firma = firma.firmar(_mensaje(resumen))
        try:
            with transaction.atomic():
                resumen.save(force_insert=True)
        except IntegrityError:  # somebody else is at it
            break
        ultimo, dia, cuantos = resumen, dia + UN_DIA, cuantos + 1
    if ultimo and cuantos:
        # In the log too, which is kept elsewhere: who changes the database cannot change it there. The last signature
        # answers for all before it.
        _registro.info("historial_resumido", dias=cuantos, hasta=ultimo.dia.isoformat(), firma=ultimo.firma)
    return cuantos


@dataclass(frozen=True)
class Hallazgo:
    """Something that is not as it was written. `grave`: only tampering does it; else it is worth a look."""

    dia: date
    clase: str
    texto: str
    evento: int | None = None
    grave: bool = True


def comprobar(resumen: Resumen, anterior: Resumen | None) -> Iterator[Hallazgo]:
    """What is wrong with a digest and with the events of its day; `anterior` is the digest before it."""
    dia = resumen.dia
    if not firma.vale(_mensaje(resumen), resumen.firma):
        yield Hallazgo(dia, "firma", "la firma del resumen no es válida: lo cambiaron, o la clave es otra")
    if resumen.anterior != (anterior.firma if anterior else ""):
        yield Hallazgo(dia, "cadena", "el resumen no sigue al del día anterior: falta uno, o lo cambiaron")
    if anterior and dia != anterior.dia + UN_DIA:
        yield Hallazgo(dia, "cadena", f"faltan los resúmenes desde el {anterior.dia + UN_DIA:%d-%m-%Y}")
    if anterior and resumen.hecho != anterior.hecho and resumen.hecho > _hora_de_cierre(dia) + TARDE:
        yield Hallazgo(dia, "tarde", f"el resumen se hizo recién el {resumen.hecho:%d-%m-%Y}", grave=False)
    yield from _comparar(dia, _anotadas(bytes(resumen.huellas)), _del_dia(dia))


def _comparar(
    dia: date, anotadas: Iterable[tuple[int, bytes]], presentes: Iterable[tuple[int, bytes]]
) -> Iterator[Hallazgo]:
    """Both in order of keys; held in memory one by one."""
    marcadas = heapq.merge(((k, 0, h) for k, h in anotadas), ((k, 1, h) for k, h in presentes))
    pendiente: tuple[int, bytes] | None = None
    for clave, lado, marca in marcadas:
        if lado == 0:
            if pendiente:
                yield Hallazgo(dia, "borrado", "lo borraron, o le cambiaron la fecha", pendiente[0])
            pendiente = (clave, marca)
        elif pendiente and pendiente[0] == clave:
            if pendiente[1] != marca:
                yield Hallazgo(dia, "alterado", "dice otra cosa que cuando se escribió", clave)
            pendiente = None
        else:
            if pendiente:
                yield Hallazgo(dia, "borrado", "lo borraron, o le cambiaron la fecha", pendiente[0])
                pendiente = None
            yield Hallazgo(dia, "agregado", "lo agregaron después de cerrado el día", clave)
    if pendiente:
        yield Hallazgo(dia, "borrado", "lo borraron, o le cambiaron la fecha", pendiente[0])


def verificar() -> Iterator[Hallazgo]:
    """Everything that is wrong with the history, from its first day on; in memory, one day at a time."""
    anterior: Resumen | None = None
    for resumen in Resumen.objects.order_by("dia").iterator(chunk_size=10):
        if anterior is None:
            yield from _antes_del_primero(resumen.dia)
        yield from comprobar(resumen, anterior)
        anterior = resumen
    if anterior is None:
        primero = Evento.objects.aggregate(Min("cuando"))["cuando__min"]
        desde = primero.astimezone(UTC).date() if primero else None
    else:
        desde = anterior.dia + UN_DIA
    if desde and desde < ultimo_cerrado():  # the last closed day may still wait for its turn
        texto = (
            f"ningún resumen cubre los días hasta el {ultimo_cerrado():%d-%m-%Y}: los borraron, o la agenda no corre"
        )
        yield Hallazgo(desde, "sin_resumen", texto)


def _antes_del_primero(dia: date) -> Iterator[Hallazgo]:
    antiguos = Evento.objects.filter(cuando__lt=datetime.combine(dia, time.min, UTC)).order_by("pk")
    for pk, cuando in antiguos.values_list("pk", "cuando").iterator():
        yield Hallazgo(cuando.astimezone(UTC).date(), "agregado", "lo agregaron antes del primer día", pk)


def cubierto_hasta() -> date | None:
    """The last day that has a digest."""
    return Resumen.objects.aggregate(Max("dia"))["dia__max"]
