"""The batches for the commercial system: their list (X-07), and the contents of each, always the same."""

import csv
import io
from collections.abc import Iterator

from django.db.models import F
from django.http import QueryDict

from portal.listas.filtrada import ListaFiltrada
from portal.listas.filtro import ComienzoField, DiaField, Filtro, NumeroField, OpcionField
from portal.listas.lista import Columna
from portal.sgc.numeros import normalizar
from reclamos.seccion.models import Asunto, Lote, LoteQuerySet

CABEZAS = ("Lote", "N°", "Asunto", "NIS", "Dato", "Valor anterior", "Valor nuevo", "Propuso", "Aprobó")
_PELIGROSOS = "=+-@\t\r"

COLUMNAS = (
    Columna("numero", "N°", ("numero", "pk")),
    Columna("creado", "Exportado", ("creado", "pk")),
    Columna("por", "Quién", ("por__usuario__nombres", "por__usuario__apellidos", "pk")),
    Columna("asuntos", "Asuntos", ("cuantos", "pk")),
    Columna("cargado", "Cargado en el SGC", (F("cargado").asc(nulls_last=True), "pk")),
)


class FiltroLotes(Filtro):
    """What can be looked for."""

    FRASES = {
        "numero": "Lote {}",
        "nis": "con un cambio del NIS {}",
        "carga": "{}",
        "desde": "exportado desde el {}",
        "hasta": "exportado hasta el {}",
    }
    numero = NumeroField(label="N°")
    nis = ComienzoField(label="NIS que contiene", max_length=30)
    carga = OpcionField(
        label="Carga en el SGC", cual="Esa opción",
        choices=[("", "Todos"), ("por_cargar", "Por cargar"), ("cargados", "Cargados")],
    )  # fmt: skip
    desde = DiaField(label="Exportado desde")
    hasta = DiaField(label="Exportado hasta")

    def aplicar(self) -> LoteQuerySet:
        """The batches that are asked for, each with how many cases it has."""
        lotes = Lote.objects.filter(**self.pedido({"numero": "numero"}), **self.dias("creado"))
        if nis := self.valor("nis"):
            lotes = lotes.filter(pk__in=Asunto.objects.filter(nis=normalizar(nis)).values("lote"))
        if carga := self.valor("carga"):
            lotes = lotes.por_cargar() if carga == "por_cargar" else lotes.cargados()
        return lotes.select_related("por__usuario").con_asuntos()


def lista_de_lotes(datos: QueryDict) -> ListaFiltrada:
    """What the address asks of the batches."""
    filtro = FiltroLotes(datos)
    return ListaFiltrada(datos, filtro, filtro.aplicar(), COLUMNAS, "-numero", informe="seccion-lotes")


def contenido(lote: Lote) -> Iterator[tuple[Asunto, list[tuple[str, str, str]]]]:
    """Each case with what it changes: datum, before, after; of what has no lines, each field."""
    asuntos = lote.asuntos.select_related("distribuidora", "propuesto_por", "aprobado_por").order_by("pk")
    for asunto in asuntos.prefetch_related("renglones"):
        yield asunto, list(_cambios(asunto))


def filas_de(lote: Lote) -> Iterator[tuple[str, ...]]:
    """One row for each datum that changes."""
    for asunto, cambios in contenido(lote):
        personas = (str(asunto.propuesto_por), str(asunto.aprobado_por))
        for dato, antes, despues in cambios:
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
