"""The contents of a batch for the commercial system, always the same: its cases are closed."""

import csv
import io
from collections.abc import Iterator

from reclamos.seccion.models import Asunto, Lote

CABEZAS = ("Lote", "N°", "Asunto", "NIS", "Dato", "Valor anterior", "Valor nuevo", "Propuso", "Aprobó")
_PELIGROSOS = "=+-@\t\r"


def filas_de(lote: Lote) -> Iterator[tuple[str, ...]]:
    """One row for each datum that changes; of what has no lines, one for each field."""
    asuntos = lote.asuntos.select_related("distribuidora", "propuesto_por", "aprobado_por").order_by("pk")
    for asunto in asuntos.prefetch_related("renglones"):
        personas = (str(asunto.propuesto_por), str(asunto.aprobado_por))
        for dato, antes, despues in _cambios(asunto):
            yield (str(lote.numero), str(asunto), asunto.deber.nombre, asunto.nis, dato, antes, despues, *personas)


def _cambios(asunto: Asunto) -> Iterator[tuple[str, str, str]]:
    if asunto.clase == "modificacion":
        (dato, *_) = asunto.deber.renglones.campos if asunto.deber.renglones else ()
        for renglon in asunto.renglones.all():
            yield str(dato.texto(renglon.datos["dato"])), renglon.datos["antes"], renglon.datos["despues"]
        return
    for campo in asunto.deber.campos:
        if campo.nombre not in ("nis", "motivo") and (valor := asunto.valor(campo)) not in ("", None):
            yield campo.rotulo, "", str(valor)


def en_csv(lote: Lote) -> str:
    """The batch as CSV (`;`, UTF-8 with mark); a cell never becomes a formula."""
    salida = io.StringIO()
    escritor = csv.writer(salida, delimiter=";", lineterminator="\r\n")
    escritor.writerow(CABEZAS)
    for fila in filas_de(lote):
        escritor.writerow(f"'{celda}" if celda[:1] in _PELIGROSOS and celda else celda for celda in fila)
    return "\ufeff" + salida.getvalue()
