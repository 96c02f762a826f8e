"""Parts of a spreadsheet that were deflated for an earlier one and would come out the same."""

import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, cast

from django.core.files import File
from django.db import transaction

from portal.informes.libro import Libro
from portal.informes.models import Tramo
from portal.informes.paquete import Deflactor


def agregar(
    libro: Libro, *, reporte: str, parte: str, huella: str, filas: int, xml: Iterable[str], taller: Path
) -> bool:
    """Add the `filas` rows of a part to `libro`: the kept ones if their `huella` is this (True), else new ones.

    `xml` gives them, some at a time, if they are wanted; `taller` is where the file is while it is being made.
    """
    if _insertar_guardado(libro, reporte, parte, huella):
        return True
    nuevo = Tramo(reporte=reporte, parte=parte, huella=huella, filas=filas)
    provisorio = taller / f"{uuid.uuid4()}.tramo"
    try:
        with provisorio.open("w+b") as hecho:
            _hacer(libro, nuevo, xml, hecho)
            _guardar(nuevo, File(hecho, f"{provisorio.stem}.deflate"))
    finally:
        provisorio.unlink(missing_ok=True)
    return False


def _insertar_guardado(libro: Libro, reporte: str, parte: str, huella: str) -> bool:
    tramo = Tramo.objects.filter(reporte=reporte, parte=parte, huella=huella).first()
    if tramo is None:
        return False
    try:
        archivo = tramo.archivo.open("rb")
    except FileNotFoundError:  # replaced by another worker this very moment, or not restored from a backup
        return False
    with archivo:
        if archivo.size != tramo.bytes:
            return False
        libro.insertar(tramo.segmento, cast(BinaryIO, archivo), tramo.filas)
    return True


def _hacer(libro: Libro, tramo: Tramo, xml: Iterable[str], hecho: BinaryIO) -> None:
    """Deflate the rows into `hecho`, and add them to `libro` from there."""
    deflactor = Deflactor(hecho)
    for filas in xml:
        deflactor.escribir(filas.encode())
    segmento = deflactor.cerrar()
    tramo.crc, tramo.largo, tramo.bytes = segmento
    hecho.seek(0)
    libro.insertar(segmento, hecho, tramo.filas)
    hecho.seek(0)


def _guardar(nuevo: Tramo, archivo: File) -> None:
    """Keep it in the place of the former one, whose file goes once nobody is led to it."""
    almacen = Tramo._meta.get_field("archivo").storage
    clave = almacen.save(f"tramos/{archivo.name}", archivo)
    with transaction.atomic():
        anterior = (
            Tramo.objects.select_for_update()
            .filter(reporte=nuevo.reporte, parte=nuevo.parte)
            .values_list("archivo", flat=True)
            .first()
        )
        Tramo.objects.update_or_create(
            reporte=nuevo.reporte,
            parte=nuevo.parte,
            defaults={"huella": nuevo.huella, "filas": nuevo.filas, "archivo": clave, **nuevo.segmento._asdict()},
        )
        if anterior:
            transaction.on_commit(lambda: almacen.delete(anterior))
