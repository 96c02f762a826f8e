"""The one writer of spreadsheets: rows in, a workbook out, in constant memory.

Cells are written as XML by ourselves: openpyxl takes ten times as long, and makes text that begins with «=» a live
formula. Here text is always `inlineStr`, which no reader calculates.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from django.conf import settings
from openpyxl.utils import get_column_letter

from portal.informes.paquete import LIMITE, Paquete, Segmento

FILAS_POR_HOJA = 1_048_576
LARGO_MAXIMO = 32_767
"""Of a cell's text, in UTF-16 units."""
CORTE = "… [texto cortado]"
VACIA = "<c/>"
_DIGITOS_EXACTOS = 10**15
_PROHIBIDOS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_TITULO = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_DELICADO = re.compile(r"[\x00-\x1f&<>_\ud800-\udfff\ufffe\uffff]|^\s|\s$")
_ORIGEN = datetime(1899, 12, 30)  # noqa: DTZ001 - day 0 of a sheet, which has no zones
_FORMATOS = {datetime: "dd-mm-yyyy hh:mm", date: "dd-mm-yyyy", int: "#,##0", float: "#,##0.##"}
_ESTILO = {tipo: n for n, tipo in enumerate(_FORMATOS, start=2)}  # 0: text; 1: headings; then these; then columns' own
_MOMENTO = f'<c s="{_ESTILO[datetime]}"><v>'


class Columna(NamedTuple):
    """A heading and its width in characters; `formato` of numbers when the usual (#,##0) does not fit."""

    titulo: str
    ancho: int = 16
    formato: str = ""


def texto_de_celda(texto: str) -> str:
    """`texto` as a cell may hold it: no control characters, nothing a reader would decode, not longer than allowed."""
    limpio = _PROHIBIDOS.sub("", texto.replace("\r\n", "\n").replace("\r", "\n"))
    limpio = _ESCAPE.sub("_x005F_", limpio)
    unidades = limpio.encode("utf-16-le")
    if len(unidades) > LARGO_MAXIMO * 2:
        limpio = unidades[: (LARGO_MAXIMO - len(CORTE)) * 2].decode("utf-16-le", "ignore") + CORTE
    return limpio


def valor_de_celda(valor: Any, zona: ZoneInfo) -> Any:
    """What is written for `valor`: a naive local datetime, a date, a finite number that keeps its digits, or text."""
    if isinstance(valor, datetime):
        local: datetime = valor.astimezone(zona).replace(tzinfo=None) if valor.tzinfo else valor
        return local if local.year > 1900 else local.strftime("%d-%m-%Y %H:%M")
    if isinstance(valor, date):
        return valor if valor.year > 1900 else valor.strftime("%d-%m-%Y")
    if isinstance(valor, bool):
        return "Sí" if valor else "No"
    if isinstance(valor, int | float | Decimal) and math.isfinite(valor) and abs(valor) < _DIGITOS_EXACTOS:  # type: ignore[operator]
        return int(valor) if valor == int(valor) else float(valor)
    return "" if valor is None else str(valor)


def _nombre_de_hoja(titulo: str, numero: int) -> str:
    sufijo = f" ({numero})" if numero > 1 else ""
    limpio = _TITULO.sub(" ", _PROHIBIDOS.sub("", titulo)).strip(" '") or "Hoja"
    return limpio[: 31 - len(sufijo)] + sufijo


def celda_de_texto(texto: str) -> str:
    """The XML of a cell that holds `texto` as it is."""
    if not texto:
        return VACIA
    if len(texto) < LARGO_MAXIMO // 2 and not _DELICADO.search(texto):
        return f'<c t="inlineStr"><is><t>{texto}</t></is></c>'
    limpio = texto_de_celda(texto)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(limpio)}</t></is></c>'


def celda_de_momento(segundos: int) -> str:
    """The XML of a cell with a moment: seconds of the local clock since day 0 of a sheet."""
    return f"{_MOMENTO}{segundos / 86_400!r}</v></c>"


def celda(valor: Any, zona: ZoneInfo, estilos: dict[type, int] = _ESTILO) -> str:
    """The XML of a cell with `valor` as what it is."""
    escrito = valor_de_celda(valor, zona)
    if isinstance(escrito, str):
        return celda_de_texto(escrito)
    numero: Any = escrito
    if isinstance(escrito, datetime):
        numero = (escrito - _ORIGEN).total_seconds() / 86_400
    elif isinstance(escrito, date):
        numero = (escrito - _ORIGEN.date()).days
    return f'<c s="{estilos[type(escrito)]}"><v>{numero!r}</v></c>'


class Libro:
    """A workbook being written to an open file; `abrir` makes one. A sheet that is full goes on in another.

    Rows come one by one (`fila`), as XML (`xml`), or deflated (`insertar`).
    """

    def __init__(self, paquete: Paquete, titulo: str, columnas: Sequence[Columna], zona: ZoneInfo, por_hoja: int):
        self._paquete = paquete
        self._titulo = titulo
        self._columnas = columnas
        self._por_hoja = por_hoja
        self._zona = zona
        self._hojas: list[tuple[str, int]] = []
        self._formatos = [*_FORMATOS.values()]
        self._estilos = [self._estilos_de(columna) for columna in columnas]
        self._empezar_hoja()

    def _estilos_de(self, columna: Columna) -> dict[type, int]:
        if not columna.formato:
            return _ESTILO
        if columna.formato not in self._formatos:
            self._formatos.append(columna.formato)
        propio = self._formatos.index(columna.formato) + 2
        return {**_ESTILO, int: propio, float: propio}

    @property
    def caben(self) -> int:
        """Rows that the sheet still takes."""
        return 0 if self._paquete.largo > LIMITE // 2 else self._por_hoja - self._filas

    def _empezar_hoja(self) -> None:
        self._filas = 1
        self._hojas.append((_nombre_de_hoja(self._titulo, len(self._hojas) + 1), 0))
        self._paquete.abrir(f"xl/worksheets/sheet{len(self._hojas)}.xml")
        anchos = "".join(
            f'<col min="{n}" max="{n}" width="{c.ancho}" customWidth="1"/>' for n, c in enumerate(self._columnas, 1)
        )
        titulos = "".join(
            f'<c s="1" t="inlineStr"><is><t>{escape(texto_de_celda(c.titulo))}</t></is></c>' for c in self._columnas
        )
        marca = ' tabSelected="1"' if len(self._hojas) == 1 else ""
        self._paquete.escribir(
            f'{_XML}<worksheet xmlns="{_PRINCIPAL}"><sheetViews><sheetView{marca} workbookViewId="0"><pane ySplit="1" '
            'topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/></sheetView>'
            f"</sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>{anchos}</cols><sheetData><row>{titulos}</row>"
            .encode()
        )  # fmt: skip

    def _cerrar_hoja(self) -> None:
        self._hojas[-1] = (self._hojas[-1][0], self._filas)
        self._paquete.escribir(f'</sheetData><autoFilter ref="{self._rango(self._filas)}"/></worksheet>'.encode())
        self._paquete.cerrar_miembro()

    def _rango(self, filas: int, fijo: str = "") -> str:
        ultima = get_column_letter(len(self._columnas))
        return f"{fijo}A{fijo}1:{fijo}{ultima}{fijo}{filas}"

    def reservar(self, filas: int) -> None:
        """Rows that belong together are coming: on another sheet, if they fit there and not on this one."""
        if self.caben < filas < self._por_hoja:
            self._hacer_sitio(filas)
            self._filas -= filas

    def _hacer_sitio(self, filas: int) -> None:
        if filas > self.caben:
            self._cerrar_hoja()
            self._empezar_hoja()
        self._filas += filas

    def fila(self, valores: Sequence[Any]) -> None:
        """One more row."""
        celdas = [celda(v, self._zona, e) for v, e in zip(valores, self._estilos, strict=True)]
        self.xml("<row>" + "".join(celdas) + "</row>", 1)

    def xml(self, filas: str, cuantas: int) -> None:
        """`cuantas` rows at once, as `<row>…</row>` one after the other; they stay on one sheet."""
        self._hacer_sitio(cuantas)
        self._paquete.escribir(filas.encode())

    def insertar(self, segmento: Segmento, archivo: BinaryIO, cuantas: int) -> None:
        """`cuantas` rows whose deflated XML is in `archivo`; they stay on one sheet."""
        self._hacer_sitio(cuantas)
        self._paquete.insertar(segmento, archivo)

    def cerrar(self) -> None:
        """End the last sheet and write what names them all."""
        self._cerrar_hoja()
        numeros = range(1, len(self._hojas) + 1)
        tipos = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TIPO}worksheet+xml"/>' for n in numeros
        )
        hojas = "".join(
            f'<sheet name={quoteattr(nombre)} sheetId="{n}" r:id="rId{n}"/>'
            for n, (nombre, _) in enumerate(self._hojas, start=1)
        )
        filtros = "".join(
            f'<definedName name="_xlnm._FilterDatabase" localSheetId="{n}" hidden="1">'
            + escape(f"'{nombre.replace(chr(39), chr(39) * 2)}'!{self._rango(filas, '$')}")
            + "</definedName>"
            for n, (nombre, filas) in enumerate(self._hojas)
        )
        vinculos = "".join(
            f'<Relationship Id="rId{n}" Type="{_VINCULO}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numeros
        )
        for nombre, texto in (
            ("[Content_Types].xml", _CONTENIDO.format(hojas=tipos)),
            ("_rels/.rels", _RAIZ),
            (
                "docProps/core.xml",
                _PROPIEDADES.format(
                    titulo=escape(texto_de_celda(self._titulo)), autor=escape(settings.NOMBRE_PRODUCTO)
                ),
            ),
            ("xl/workbook.xml", _LIBRO.format(hojas=hojas, filtros=filtros)),
            ("xl/_rels/workbook.xml.rels", _VINCULOS.format(hojas=vinculos, estilos=len(self._hojas) + 1)),
            ("xl/styles.xml", self._hoja_de_estilos()),
        ):
            self._paquete.agregar(nombre, _XML + texto)

    def _hoja_de_estilos(self) -> str:
        formatos = "".join(
            f'<numFmt numFmtId="{164 + n}" formatCode={quoteattr(f)}/>' for n, f in enumerate(self._formatos)
        )
        estilos = "".join(
            f'<xf numFmtId="{164 + n}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
            for n in range(len(self._formatos))
        )
        n = len(self._formatos)
        return _ESTILOS.format(formatos=formatos, estilos=estilos, cuantos_formatos=n, cuantos_estilos=n + 2)


@contextmanager
def abrir(
    destino: Path,
    titulo: str,
    columnas: Sequence[Columna],
    *,
    zona: str | None = None,
    filas_por_hoja: int = FILAS_POR_HOJA,
) -> Iterator[Libro]:
    """A workbook in `destino`, whole when the block ends well; moments are local in `zona` (the installation's)."""
    with destino.open("w+b") as archivo, Paquete(archivo) as paquete:
        libro = Libro(paquete, titulo, columnas, ZoneInfo(zona or settings.TIME_ZONE), filas_por_hoja)
        yield libro
        libro.cerrar()


def escribir(
    destino: Path, titulo: str, columnas: Sequence[Columna], filas: Iterable[Sequence[Any]], **opciones: Any
) -> None:
    """Write a workbook of `filas` to `destino`; `opciones` are those of `abrir`."""
    with abrir(destino, titulo, columnas, **opciones) as libro:
        for fila in filas:
            libro.fila(fila)


# --- the parts that are always the same -------------------------------------------------------------------------------
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PRINCIPAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFICINA = "http://schemas.openxmlformats.org/officeDocument/2006"
_PAQUETE = "http://schemas.openxmlformats.org/package/2006"
_VINCULO = f"{_OFICINA}/relationships"
_TIPO = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_CONTENIDO = (
    f'<Types xmlns="{_PAQUETE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
    'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
    f'PartName="/xl/workbook.xml" ContentType="{_TIPO}sheet.main+xml"/><Override PartName="/xl/styles.xml" '
    f'ContentType="{_TIPO}styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxml'
    'formats-package.core-properties+xml"/>{hojas}</Types>'
)
_RAIZ = (
    f'<Relationships xmlns="{_PAQUETE}/relationships"><Relationship Id="rId1" Type="{_VINCULO}/officeDocument" '
    f'Target="xl/workbook.xml"/><Relationship Id="rId2" Type="{_PAQUETE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
_PROPIEDADES = (
    f'<cp:coreProperties xmlns:cp="{_PAQUETE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>{titulo}</dc:title><dc:creator>{autor}</dc:creator></cp:coreProperties>"
)
_LIBRO = (
    f'<workbook xmlns="{_PRINCIPAL}" xmlns:r="{_VINCULO}"><bookViews><workbookView/></bookViews>'
    "<sheets>{hojas}</sheets><definedNames>{filtros}</definedNames></workbook>"
)
_VINCULOS = (
    f'<Relationships xmlns="{_PAQUETE}/relationships">{{hojas}}<Relationship Id="rId{{estilos}}" '
    f'Type="{_VINCULO}/styles" Target="styles.xml"/></Relationships>'
)
_ESTILOS = (
    f'<styleSheet xmlns="{_PRINCIPAL}"><numFmts count="{{cuantos_formatos}}">{{formatos}}</numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/>'
    '<color rgb="FFFFFFFF"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill '
    'patternType="solid"><fgColor rgb="FF0B3742"/></patternFill></fill></fills><borders count="1"><border><left/>'
    '<right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" '
    'fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="{cuantos_estilos}"><xf numFmtId="0" fontId="0" '
    'fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" '
    'applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>{estilos}</cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
