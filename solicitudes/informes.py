"""Spreadsheets of requests."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from portal.cuentas.models import Perfil
from portal.informes import libro, tramos
from portal.informes.instantanea import instantanea
from portal.informes.libro import Columna
from portal.informes.registro import Contar, Parametros, Reporte, informe
from portal.listas.filtrada import direccion
from portal.permisos import exigir
from solicitudes import sabana
from solicitudes.bandeja import Bandeja, FiltroSabana, FuenteBandeja
from solicitudes.formularios import Formulario
from solicitudes.models import Estado
from solicitudes.sabana import Filtrado, Memoria, Parte, Sabana
from solicitudes.turno import DISTRIBUIDORAS

_FORMULARIOS = dict(Formulario.choices)
_ESTADOS = dict(Estado.choices)
_CAMPOS = (
    "folio",
    "numero_cliente",
    "numero_solicitud",
    "formulario",
    "distribuidora_id",
    "estado",
    "enviado",
    "respondido",
)


@informe
class ReporteSolicitudes(Reporte):
    """**Reporte** (S-13): what the tray shows with the filter in force, newest first."""

    codigo = "solicitudes"
    titulo = "Reporte de solicitudes"
    permiso = "solicitudes.pedir_reporte"
    columnas = (
        Columna("N° Folio", 12),
        Columna("N° Cliente", 16),
        Columna("N° Solicitud", 16),
        Columna("Tipo de Solicitud", 28),
        Columna("Empresa Dx", 28),
        Columna("Estado", 38),
        Columna("Fecha solicitud", 18),
        Columna("Fecha respuesta", 18),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        consulta = _bandeja(perfil, parametros).fuente.consulta.order_by("-enviado", "-caso")
        for fila in consulta.values_list(*_CAMPOS).iterator(chunk_size=2000):
            folio, cliente, numero, formulario, empresa, estado, enviado, respondido = fila
            nombre = DISTRIBUIDORAS.de(empresa).nombre_fantasia
            yield folio, cliente, numero, _FORMULARIOS[formulario], nombre, _ESTADOS[estado], enviado, respondido

    def total(self, perfil: Perfil, parametros: Parametros) -> int | None:
        total = _bandeja(perfil, parametros).fuente.total
        return None if total.mas else total.n


def _bandeja(perfil: Perfil, parametros: Parametros) -> Bandeja:
    """The tray that this filter shows to `perfil`."""
    return Bandeja(direccion(parametros), perfil)


@informe
class SabanaSolicitudes(Reporte):
    """**Data – Sábana de Solicitudes** (R-03), as a workbook or as CSV; whole months are kept for the next one."""

    codigo = "sabana"
    titulo = "Sábana de Solicitudes"
    permiso = "solicitudes.pedir_sabana"
    columnas = sabana.COLUMNAS
    filas_por_hoja = libro.FILAS_POR_HOJA

    def extension(self, parametros: Parametros) -> str:
        return "csv" if parametros.get("formato") == "csv" else "xlsx"

    def total(self, perfil: Perfil, parametros: Parametros) -> int | None:
        fuente = FuenteBandeja(FiltroSabana(direccion(parametros), perfil=perfil), perfil)
        return fuente.consulta.count() if fuente.total.mas else fuente.total.n

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        exigir(perfil.es_sec)  # what is read here knows no other scope than everything
        with instantanea() as conexion:
            todas = Sabana(conexion, _filtrado(perfil, parametros))
            for periodo in todas.periodos():
                for parte in periodo.partes:
                    yield from todas.filas(parte)

    def escribir(self, destino: Path, perfil: Perfil, parametros: Parametros, contando: Contar) -> None:
        exigir(perfil.es_sec)
        if self.extension(parametros) == "csv":
            self._escribir_csv(destino, contando(self.filas(perfil, parametros)))
            return
        with (
            instantanea() as conexion,
            libro.abrir(destino, self.titulo, self.columnas, filas_por_hoja=self.filas_por_hoja) as hecho,
        ):
            todas = Sabana(conexion, _filtrado(perfil, parametros))
            for periodo in todas.periodos():
                hecho.reservar(periodo.filas)
                for parte in periodo.partes:
                    self._parte(hecho, todas, parte, contando, destino.parent)

    def _parte(self, hecho: libro.Libro, todas: Sabana, parte: Parte, contando: Contar, taller: Path) -> None:
        """A form's month: the kept one, or a new one, which is kept; half of one, or one that fills sheets, never."""
        lotes = _en_xml(todas.filas(parte), contando, min(LOTE, self.filas_por_hoja - 1))
        if parte.huella is None or parte.filas >= self.filas_por_hoja:
            for xml, cuantas in lotes:
                hecho.xml(xml, cuantas)
        elif tramos.agregar(
            hecho,
            reporte=self.codigo,
            parte=parte.nombre,
            huella=parte.huella,
            filas=parte.filas,
            xml=(xml for xml, _ in lotes),
            taller=taller,
        ):
            contando.sumar(parte.filas)

    def _escribir_csv(self, destino: Path, filas: Iterable[Sequence[Any]]) -> None:
        """As a spreadsheet set to Spanish opens it: UTF-8 with its mark, semicolons, decimal commas."""
        with destino.open("w", encoding="utf-8-sig", newline="") as archivo:
            escritor = csv.writer(archivo, delimiter=";")
            escritor.writerow(columna.titulo for columna in self.columnas)
            pintores = _pintores(_momento_csv, _texto_csv, _numero_csv)
            for fila in filas:
                escritor.writerow([pintar(valor) for pintar, valor in zip(pintores, fila, strict=True)])


LOTE = 500


def _filtrado(perfil: Perfil, parametros: Parametros) -> Filtrado:
    filtro = FiltroSabana(direccion(parametros), perfil=perfil)
    return Filtrado.de(filtro.cleaned_data, filtro.estados)


def _en_xml(filas: Iterable[Sequence[Any]], contando: Contar, por_vez: int) -> Iterator[tuple[str, int]]:
    """The XML of some rows at a time, and how many."""
    pintores = _pintores(_momento_xml, libro.celda_de_texto, _numero_xml)
    lote: list[str] = []
    for fila in filas:
        celdas = [pintar(valor) for pintar, valor in zip(pintores, fila)]  # noqa: B905 - as many, and often
        lote.append("<row>" + "".join(celdas) + "</row>")
        if len(lote) == por_vez:
            contando.sumar(por_vez)
            yield "".join(lote), por_vez
            lote = []
    if lote:
        contando.sumar(len(lote))
        yield "".join(lote), len(lote)


Pintor = Callable[[Any], str]


def _pintores(de_momento: Pintor, de_texto: Pintor, de_numero: Pintor) -> list[Pintor]:
    """How each column is written; what repeats itself is remembered."""
    por_clase = {
        sabana.Clase.MOMENTO: de_momento,
        sabana.Clase.PROPIO: de_texto,
        sabana.Clase.TEXTO: Memoria(de_texto).__getitem__,
        sabana.Clase.NUMERO: Memoria(de_numero).__getitem__,
    }
    return [por_clase[clase] for clase in sabana.CLASES]


def _momento_xml(segundos: int | None) -> str:
    return libro.VACIA if segundos is None else libro.celda_de_momento(segundos)


def _numero_xml(valor: Any) -> str:
    return libro.VACIA if valor is None else libro.celda(valor, ZoneInfo(settings.TIME_ZONE))


def _momento_csv(segundos: int | None) -> str:
    return "" if segundos is None else f"{sabana.momento(segundos):%d-%m-%Y %H:%M:%S}"


def _texto_csv(texto: str) -> str:
    return f"'{texto}" if texto.startswith(_PELIGROSOS) else texto


def _numero_csv(valor: Any) -> str:
    if valor is None:
        return ""
    entero, _, decimales = f"{valor:.2f}".partition(".")
    return f"{entero},{decimales}" if decimales.strip("0") else entero


_PELIGROSOS = ("=", "+", "-", "@", "\t", "\r")
"""What begins a formula; such a text is written with an apostrophe before it."""
