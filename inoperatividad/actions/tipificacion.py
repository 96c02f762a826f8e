"""The verb of the tipificaciones: a file is imported whole, and the same file twice changes nothing (I-11)."""

import hashlib
from dataclasses import dataclass

from django.db import transaction

from inoperatividad import permissions
from inoperatividad.hojas import Fila
from inoperatividad.models import Lote, Tipificacion
from portal import reloj
from portal.cuentas.models import Distribuidora, Perfil
from portal.historial.models import registrar as anotar
from portal.permisos import exigir


@dataclass(frozen=True)
class Cambios:
    """What an import would do."""

    nuevas: tuple[Fila, ...]
    cambiadas: tuple[tuple[Tipificacion, int], ...]
    iguales: int


def comparar(filas: list[Fila], *, por: Perfil) -> Cambios:
    """What of `filas` is new, has another count, is there already."""
    dias = [f.fecha for f in filas]
    actuales = Tipificacion.objects.filter(
        distribuidora=por.distribuidora, fecha__range=(min(dias), max(dias)), unidad__in={f.unidad.pk for f in filas}
    )
    por_clave = {(t.unidad_id, t.tramite, t.fecha, t.hora): t for t in actuales}
    nuevas, cambiadas, iguales = [], [], 0
    for fila in filas:
        actual = por_clave.get((fila.unidad.pk, fila.tramite, fila.fecha, fila.hora))
        if actual is None:
            nuevas.append(fila)
        elif actual.cantidad != fila.cantidad:
            cambiadas.append((actual, fila.cantidad))
        else:
            iguales += 1
    return Cambios(tuple(nuevas), tuple(cambiadas), iguales)


@transaction.atomic
def importar(filas: list[Fila], *, por: Perfil, nombre: str, datos: bytes) -> Lote:
    """Take all the rows of a file that was found right."""
    exigir(por.tiene(permissions.EVALUAR))
    assert por.distribuidora_id is not None  # noqa: S101 - agents have a company, the database says so
    empresa = Distribuidora.objects.select_for_update().get(pk=por.distribuidora_id)
    cambios = comparar(filas, por=por)
    lote = Lote.objects.create(
        distribuidora=empresa, nombre=nombre[:255], sha256=hashlib.sha256(datos).hexdigest(), filas=len(filas),
        nuevas=len(cambios.nuevas), cambiadas=len(cambios.cambiadas), importado=reloj.ahora(), importado_por=por,
    )  # fmt: skip
    Tipificacion.objects.bulk_create(
        [
            Tipificacion(
                distribuidora=empresa, unidad=f.unidad, tramite=f.tramite, fecha=f.fecha, hora=f.hora,
                cantidad=f.cantidad, lote=lote,
            )
            for f in cambios.nuevas
        ],
        batch_size=1000,
    )  # fmt: skip
    for fila, cantidad in cambios.cambiadas:
        fila.cantidad, fila.lote = cantidad, lote
    Tipificacion.objects.bulk_update([f for f, _ in cambios.cambiadas], ["cantidad", "lote"], batch_size=500)
    anotar(None, "tipificaciones_importadas", por=por, archivo=lote.nombre, filas=lote.filas)
    return lote
