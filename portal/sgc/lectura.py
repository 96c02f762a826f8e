"""Reading a table that somebody exported: CSV in any usual dress, or XLSX; row by row, in constant memory."""

import csv
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from portal.encargos.models import Definitivo

FORMATOS = (".csv", ".xlsx")
MAXIMO_INFLADO = 4 * 1024**3
"""Bytes that a workbook may have unpacked: a million supplies have about 600 MB."""
MAXIMO_TEXTOS = 512 * 1024**2
"""Bytes of its table of texts, which is kept in memory."""
LARGO_DE_CELDA = 2000
Fila = tuple[int, Sequence[str]]


def filas(archivo: Path) -> Iterator[Fila]:
    """Line number (as the file's own program shows it) and cells as text; the first one is the heading.

    Definitivo, with a sentence, when the file cannot be read.
    """
    with archivo.open("rb") as abierto:
        comienzo = abierto.read(4)
    yield from _de_libro(archivo) if comienzo == b"PK\x03\x04" else _de_texto(archivo)


def _de_texto(archivo: Path) -> Iterator[Fila]:
    codificacion = _codificacion(archivo)
    with archivo.open(encoding=codificacion, errors="replace", newline="") as texto:
        muestra = texto.read(4096)
        texto.seek(0)
        encabezado = muestra.splitlines()[0] if muestra else ""
        separador = max(";,\t|", key=encabezado.count)
        lector = csv.reader(texto, delimiter=separador)
        try:
            for fila in lector:
                if any(celda.strip() for celda in fila):
                    yield lector.line_num, fila
        except csv.Error as error:
            raise Definitivo(
                f"La línea {lector.line_num} no se puede leer como CSV. Exporta el archivo otra vez."
            ) from error


def _codificacion(archivo: Path) -> str:
    """UTF-8 if all of it is; else what Windows programs write."""
    with archivo.open("rb") as abierto:
        if b"\0" in abierto.read(1 << 16):
            raise Definitivo("El archivo no es una tabla de texto. Expórtalo como CSV o XLSX.")
    try:
        with archivo.open(encoding="utf-8-sig") as texto:
            while texto.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _de_libro(archivo: Path) -> Iterator[Fila]:
    try:
        _sin_bombas(archivo)
        libro = load_workbook(archivo, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise Definitivo("El libro XLSX no se puede abrir. Guárdalo otra vez, o expórtalo como CSV.") from error
    try:
        hoja = libro.worksheets[0]
        hoja.reset_dimensions()
        for linea, fila in enumerate(hoja.iter_rows(values_only=True), start=1):
            celdas = [_texto(valor) for valor in fila]
            if any(celdas):
                yield linea, celdas
    except (ValueError, SyntaxError, KeyError, IndexError, zipfile.BadZipFile) as error:
        raise Definitivo("La hoja del libro está dañada. Guárdalo otra vez, o expórtalo como CSV.") from error
    finally:
        libro.close()


def _sin_bombas(archivo: Path) -> None:
    """Refuse what unpacks to more than any honest table has."""
    with zipfile.ZipFile(archivo) as comprimido:
        tamanos = {parte.filename: parte.file_size for parte in comprimido.infolist()}
    if sum(tamanos.values()) > MAXIMO_INFLADO or tamanos.get("xl/sharedStrings.xml", 0) > MAXIMO_TEXTOS:
        raise Definitivo("El libro es demasiado grande. Expórtalo como CSV.")


def _texto(valor: Any) -> str:
    """A cell as a person reads it: whole numbers without decimals."""
    if valor is None:
        return ""
    if isinstance(valor, float) and valor.is_integer():
        return str(int(valor))
    if isinstance(valor, datetime | date):
        return f"{valor:%d-%m-%Y}"
    return str(valor)[:LARGO_DE_CELDA].strip()
