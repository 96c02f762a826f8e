"""Reading what people fill in elsewhere: an XLSX or a CSV file, by its heading, as text."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from python_calamine import CalamineError, CalamineWorkbook

MAXIMO = 1024 * 1024
"""Bytes of a file."""
DESCOMPRIMIDO = 30 * 1024 * 1024
"""Bytes that an XLSX may hold once unpacked."""
FILAS = 500
"""Rows at once."""
NO_SE_LEE = "No pudimos leer el archivo. Debe ser una planilla XLSX, o un CSV."


def leer(archivo: File, columnas: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """The rows that are not empty: their line in the file and their cells by column. ValidationError."""
    if (archivo.size or 0) > MAXIMO:
        raise ValidationError("El archivo pesa más de 1 MB. Divídelo en varios.")
    contenido = archivo.read()
    lineas = list(_de_xlsx(contenido) if contenido[:2] == b"PK" else _de_csv(contenido))
    if not lineas:
        raise ValidationError("El archivo está vacío.")
    titulos = [t.casefold() for t in lineas[0]]
    if faltan := [c for c in columnas if c.casefold() not in titulos]:
        raise ValidationError(f"Faltan columnas en la primera línea: {', '.join(faltan)}.")
    donde = {c: titulos.index(c.casefold()) for c in columnas}
    filas = [
        (numero, {c: linea[i] if i < len(linea) else "" for c, i in donde.items()})
        for numero, linea in enumerate(lineas[1:], start=2)
        if any(linea)
    ]
    if not filas:
        raise ValidationError("El archivo no tiene ninguna fila bajo los títulos.")
    if len(filas) > FILAS:
        raise ValidationError(f"El archivo tiene {len(filas)} filas. Se importan hasta {FILAS} a la vez: divídelo.")
    return filas


def _de_xlsx(contenido: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(contenido)) as zip_:
            if sum(parte.file_size for parte in zip_.infolist()) > DESCOMPRIMIDO:
                raise ValidationError("La planilla es demasiado grande.")
        hoja = CalamineWorkbook.from_filelike(io.BytesIO(contenido)).get_sheet_by_index(0)
        for fila in hoja.to_python(skip_empty_area=False):
            yield [_texto(celda) for celda in fila]
    except (CalamineError, zipfile.BadZipFile, IndexError, OSError):
        raise ValidationError(NO_SE_LEE) from None


def _texto(celda: Any) -> str:
    if isinstance(celda, float) and celda.is_integer():
        return str(int(celda))
    if isinstance(celda, datetime | date):
        return f"{celda:%Y-%m-%d}"
    return str(celda).replace("\x00", "").strip()


def _de_csv(contenido: bytes) -> Iterator[list[str]]:
    if b"\x00" in contenido:
        raise ValidationError(NO_SE_LEE)
    try:
        texto = contenido.decode("utf-8-sig")
    except UnicodeDecodeError:
        texto = contenido.decode("cp1252", "replace")  # what Excel writes
    primera = texto.partition("\n")[0]
    separador = max(";,\t", key=primera.count)
    try:
        for fila in csv.reader(io.StringIO(texto, newline=""), delimiter=separador):
            yield [celda.strip() for celda in fila]
    except csv.Error:
        raise ValidationError(NO_SE_LEE) from None
