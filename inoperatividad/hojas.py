"""Reading a file of tipificaciones (I-11): CSV or XLSX into rows, every error by line and column."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineWorkbook

from inoperatividad.models import Punto, Tramite
from portal.cuentas.models import Distribuidora, Unidad

COLUMNAS = ("fecha", "hora", "punto", "tramite", "cantidad")
MAXIMO_FILAS = 100_000
ERRORES_MOSTRADOS = 100
_FIRMA_XLSX = b"PK\x03\x04"


@dataclass(frozen=True)
class Falla:
    """What is wrong at a place of the file."""

    linea: int
    columna: str
    que: str

    def __str__(self) -> str:
        return f"Línea {self.linea}, {self.columna}: {self.que}" if self.columna else f"Línea {self.linea}: {self.que}"


@dataclass(frozen=True)
class Fila:
    unidad: Unidad
    tramite: str
    fecha: date
    hora: int
    cantidad: int


class ArchivoIlegible(Exception):
    """It is neither of the two kinds; the text says what to do."""


def leer(datos: bytes, empresa: Distribuidora) -> tuple[list[Fila], list[Falla]]:
    """The rows and all that is wrong; ArchivoIlegible when it is no table at all."""
    lineas = _tabla(datos)
    cabeza = next(lineas, (1, []))[1]
    nombres = [str(c).strip().casefold().replace("á", "a") for c in cabeza]
    if faltan := [c for c in COLUMNAS if c not in nombres]:
        return [], [Falla(1, "", f"faltan las columnas {', '.join(faltan)}. La primera línea lleva los títulos.")]
    donde = {c: nombres.index(c) for c in COLUMNAS}
    puntos = {
        p.unidad.nombre.casefold(): p.unidad
        for p in Punto.objects.filter(distribuidora=empresa).select_related("unidad")
    }
    return _juzgar(lineas, donde, puntos)


def _juzgar(
    lineas: Iterable[tuple[int, list[Any]]], donde: dict[str, int], puntos: dict[str, Unidad]
) -> tuple[list[Fila], list[Falla]]:
    filas: list[Fila] = []
    fallas: list[Falla] = []
    vistas: dict[tuple[Any, ...], int] = {}
    for linea, celdas in lineas:
        if not any(str(c).strip() for c in celdas):
            continue
        if len(filas) >= MAXIMO_FILAS:
            return filas, [Falla(linea, "", f"caben {MAXIMO_FILAS:,} filas. Divide el archivo.".replace(",", "."))]
        fila, males = _fila(linea, {c: celdas[i] if i < len(celdas) else "" for c, i in donde.items()}, puntos)
        fallas += males
        if fila is None:
            continue
        clave = (fila.unidad.pk, fila.tramite, fila.fecha, fila.hora)
        if clave in vistas:
            fallas.append(
                Falla(linea, "", f"repite el punto, el trámite, la fecha y la hora de la línea {vistas[clave]}.")
            )
        vistas.setdefault(clave, linea)
        filas.append(fila)
    if not filas and not fallas:
        fallas.append(Falla(2, "", "el archivo no tiene filas."))
    return filas, fallas


def _tabla(datos: bytes) -> Iterator[tuple[int, list[Any]]]:
    """Lines with their number, as cells."""
    if datos.startswith(_FIRMA_XLSX):
        try:
            libro = CalamineWorkbook.from_filelike(io.BytesIO(datos))
            hoja = libro.get_sheet_by_index(0).to_python(skip_empty_area=False)
        except Exception as error:  # each kind of damage has an error of its own
            raise ArchivoIlegible("El Excel está dañado. Ábrelo, guárdalo de nuevo y vuelve a subirlo.") from error
        return iter(list(enumerate(hoja, start=1)))
    try:
        texto = datos.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ArchivoIlegible(
            "El archivo no es un Excel (.xlsx) ni un CSV en UTF-8. Guárdalo como uno de los dos."
        ) from None
    if "\0" in texto:
        raise ArchivoIlegible("El archivo no es un Excel (.xlsx) ni un CSV. Guárdalo como uno de los dos.")
    primera = texto.partition("\n")[0]
    lector = csv.reader(
        io.StringIO(texto, newline=""), delimiter=";" if primera.count(";") > primera.count(",") else ","
    )
    try:
        return iter([(lector.line_num, fila) for fila in lector])
    except csv.Error as error:
        raise ArchivoIlegible(f"El CSV no se puede leer ({error}). Revísalo y vuelve a subirlo.") from error


_TRAMITES = {t.label.casefold(): t.value for t in Tramite} | {t.value: t.value for t in Tramite}


def _fila(linea: int, celdas: dict[str, Any], puntos: dict[str, Unidad]) -> tuple[Fila | None, list[Falla]]:
    """The row, or None; and what is wrong in each of its cells."""
    males: list[Falla] = []

    def mal(columna: str, que: str) -> None:
        males.append(Falla(linea, columna, que))

    fecha = _fecha(celdas["fecha"])
    if fecha is None:
        mal("fecha", f"«{_corto(celdas['fecha'])}» no es una fecha. Ejemplo: 30-11-2026.")
    hora = _entero(celdas["hora"], 23)
    if hora is None:
        mal("hora", f"«{_corto(celdas['hora'])}» no es una hora de 0 a 23.")
    unidad = puntos.get(str(celdas["punto"]).strip().casefold())
    if unidad is None:
        mal("punto", f"«{_corto(celdas['punto'])}» no es un punto de atención de la empresa.")
    tramite = _TRAMITES.get(str(celdas["tramite"]).strip().casefold())
    if tramite is None:
        mal("tramite", f"«{_corto(celdas['tramite'])}» no es {', '.join(t.label for t in Tramite)}.")
    cantidad = _entero(celdas["cantidad"], 1_000_000)
    if cantidad is None:
        mal("cantidad", f"«{_corto(celdas['cantidad'])}» no es un número entero de 0 en adelante.")
    if fecha is None or hora is None or unidad is None or tramite is None or cantidad is None:
        return None, males
    return Fila(unidad, tramite, fecha, hora, cantidad), males


def _corto(valor: Any) -> str:
    return str(valor).strip()[:40]


def _fecha(valor: Any) -> date | None:
    if isinstance(valor, datetime):
        return valor.date()
    if isinstance(valor, date):
        return valor
    for formato in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"):
        try:
            leida = datetime.strptime(str(valor).strip(), formato).date()  # noqa: DTZ007 - a plain date
        except ValueError:
            continue
        return leida if 2000 <= leida.year <= 2100 else None
    return None


def _entero(valor: Any, maximo: int) -> int | None:
    texto = str(valor).strip().removesuffix(".0")
    if isinstance(valor, bool) or not (texto.isascii() and texto.isdigit() and len(texto) <= 9):
        return None
    return int(texto) if int(texto) <= maximo else None
