"""The workbook of a signed month, in the layout that goes to Personal: a page wide, with signatures."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gestiones.models import Cierre, Tipo
from gestiones.planilla import TITULO, Linea, de_cierre, nombre_del_mes, total
from portal.informes.libro import Columna, texto_de_celda, valor_de_celda

_FINO = Side(style="thin", color="667A80")
_CAJA = Border(left=_FINO, right=_FINO, top=_FINO, bottom=_FINO)
_TINTA = PatternFill("solid", fgColor="0B3742")
_SUAVE = PatternFill("solid", fgColor="E6EDEE")
_CENTRO = Alignment(horizontal="center", vertical="center", wrap_text=True)
_ULTIMA = 3 + 2 * len(Tipo) + 2  # N°, officer, two for each type, three sums
DETALLE = (
    Columna("N°", 9),
    Columna("Día y hora", 18),
    Columna("Funcionario", 30),
    Columna("Documento", 18),
    Columna("NIS, Expediente o Reclamo", 26),
    Columna("Tipo de Gestión", 32),
    Columna("Preferencial", 26),
    Columna("Horario", 16),
    Columna("Rezagada", 12),
    Columna("Verificada", 12),
    Columna("Observación", 50),
)


def escribir(destino: Path, cierre: Cierre, detalle: Iterable[Sequence[Any]]) -> None:
    """Write the sheet of `cierre` and its detail to `destino`."""
    libro = Workbook()
    libro.properties.creator = settings.NOMBRE_PRODUCTO
    libro.properties.title = TITULO
    hoja = libro.active
    hoja.title = "Planilla"
    zona = ZoneInfo(cierre.unidad.distribuidora.zona_horaria)
    fila = _cabeza(hoja, cierre)
    fila = _tabla(hoja, fila, de_cierre(cierre))
    _firmas(hoja, fila + 2, cierre, zona)
    _papel(hoja)
    _hoja_de_detalle(libro.create_sheet("Detalle"), detalle, zona)
    libro.save(destino)


def _poner(hoja: Worksheet, fila: int, columna: int, valor: Any, **estilo: Any) -> None:
    """A value that stays what it is: text that begins with «=» is text."""
    celda = hoja.cell(fila, columna)
    celda.value = texto_de_celda(valor) if isinstance(valor, str) else valor
    if isinstance(valor, str):
        celda.data_type = "s"
    for nombre, que in estilo.items():
        setattr(celda, nombre, que)


def _cabeza(hoja: Worksheet, cierre: Cierre) -> int:
    """Title, company, unit and month; the first row of the table."""
    empresa = cierre.unidad.distribuidora
    _poner(hoja, 1, 1, empresa.nombre_fantasia, font=Font(name="Calibri", bold=True, size=14))
    _poner(
        hoja,
        2,
        1,
        TITULO,
        font=Font(name="Calibri", bold=True, size=13),
        alignment=Alignment(wrap_text=True, vertical="center"),
    )
    hoja.merge_cells(start_row=2, end_row=2, start_column=1, end_column=_ULTIMA)
    hoja.row_dimensions[2].height = 36
    for fila, (rotulo, valor) in enumerate(
        (("Unidad", cierre.unidad.nombre), ("Mes", nombre_del_mes(cierre.mes)), ("Jefe de Unidad", cierre.jefe.nombre)),
        start=3,
    ):
        _poner(hoja, fila, 1, rotulo, font=Font(name="Calibri", bold=True))
        _poner(hoja, fila, 3, valor)
    return 7


def _tabla(hoja: Worksheet, fila: int, lineas: list[Linea]) -> int:
    """Officers × types; the row after it."""
    blanco = {
        "font": Font(name="Calibri", bold=True, color="FFFFFF"),
        "fill": _TINTA,
        "alignment": _CENTRO,
        "border": _CAJA,
    }
    grupos = [*(f"{t.value}. {t.label}" for t in Tipo), "Total"]
    for columna, texto in ((1, "N°"), (2, "Funcionario")):
        _poner(hoja, fila, columna, texto, **blanco)
        _poner(hoja, fila + 1, columna, "", **blanco)
        hoja.merge_cells(start_row=fila, end_row=fila + 1, start_column=columna, end_column=columna)
    for i, grupo in enumerate(grupos):
        ancho = 3 if grupo == "Total" else 2
        primera = 3 + 2 * i
        for columna, texto in enumerate(("Ord.", "Extra.", "Suma")[:ancho], start=primera):
            _poner(hoja, fila, columna, "", **blanco)
            _poner(hoja, fila + 1, columna, texto, **blanco)
        _poner(hoja, fila, primera, grupo, **blanco)
        hoja.merge_cells(start_row=fila, end_row=fila, start_column=primera, end_column=primera + ancho - 1)
    hoja.row_dimensions[fila].height = 48
    fila += 2
    for numero, linea in enumerate([*lineas, total(lineas)], start=1):
        es_total = numero > len(lineas)
        estilo: dict[str, Any] = {"border": _CAJA} | (
            {"font": Font(name="Calibri", bold=True), "fill": _SUAVE} if es_total else {}
        )
        _poner(hoja, fila, 1, "" if es_total else numero, **estilo)
        _poner(hoja, fila, 2, linea.funcionario, **estilo)
        cuentas = [n for par in linea.cuentas for n in par]
        valores = [*cuentas, linea.ordinarias, linea.extraordinarias, linea.total]
        for columna, valor in enumerate(valores, start=3):
            _poner(hoja, fila, columna, valor, number_format="#,##0", alignment=Alignment(horizontal="right"), **estilo)
        fila += 1
    if rezagadas := total(lineas).rezagadas:
        _poner(hoja, fila, 1, f"Incluye {rezagadas} de meses anteriores, señaladas en el detalle como rezagadas.")
        fila += 1
    return fila


def _firmas(hoja: Worksheet, fila: int, cierre: Cierre, zona: ZoneInfo) -> None:
    cerrado = cierre.cerrado.astimezone(zona)
    _poner(hoja, fila, 1, f"Cerrada el {cerrado:%d-%m-%Y} a las {cerrado:%H:%M} por {cierre.jefe.nombre}.")
    firmas = ((2, 4, "Elaborado por"), (6, 9, f"Jefe de Unidad: {cierre.jefe.nombre}"), (11, 15, "Visto bueno"))
    for primera, ultima, texto in firmas:
        for columna in range(primera, ultima + 1):
            hoja.cell(fila + 4, columna).border = Border(top=_FINO)
        _poner(hoja, fila + 4, primera, texto, alignment=Alignment(horizontal="center", wrap_text=True))
        hoja.merge_cells(start_row=fila + 4, end_row=fila + 4, start_column=primera, end_column=ultima)
    hoja.row_dimensions[fila + 4].height = 32


def _papel(hoja: Worksheet) -> None:
    for columna in range(1, _ULTIMA + 1):
        hoja.column_dimensions[get_column_letter(columna)].width = {1: 5, 2: 32}.get(columna, 9.5)
    hoja.page_setup.orientation = "landscape"
    hoja.page_setup.paperSize = hoja.PAPERSIZE_A4
    hoja.page_setup.fitToWidth, hoja.page_setup.fitToHeight = 1, 0
    hoja.sheet_properties.pageSetUpPr.fitToPage = True
    hoja.print_title_rows = "7:8"
    hoja.freeze_panes = "C9"


def _hoja_de_detalle(hoja: Worksheet, detalle: Iterable[Sequence[Any]], zona: ZoneInfo) -> None:
    for columna, (titulo, ancho, _) in enumerate(DETALLE, start=1):
        _poner(
            hoja,
            1,
            columna,
            titulo,
            font=Font(name="Calibri", bold=True, color="FFFFFF"),
            fill=_TINTA,
            alignment=_CENTRO,
            border=_CAJA,
        )
        hoja.column_dimensions[get_column_letter(columna)].width = ancho
    fila = 1
    for fila, valores in enumerate(detalle, start=2):
        for columna, valor in enumerate(valores, start=1):
            _poner(hoja, fila, columna, valor_de_celda(valor, zona))
        hoja.cell(fila, 2).number_format = "dd-mm-yyyy hh:mm"
    hoja.freeze_panes = "A2"
    hoja.auto_filter.ref = f"A1:{get_column_letter(len(DETALLE))}{fila}"
    hoja.page_setup.orientation = "landscape"
    hoja.page_setup.paperSize = hoja.PAPERSIZE_A4
    hoja.page_setup.fitToWidth, hoja.page_setup.fitToHeight = 1, 0
    hoja.sheet_properties.pageSetUpPr.fitToPage = True
    hoja.print_title_rows = "1:1"
