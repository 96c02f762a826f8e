"""Legacy DOC: a compound file whose streams say whether it is Word's, and whether it brings anything else."""

import io
import re
import struct
import zipfile

import olefile

from .veredicto import CORTADO, GUARDAR_COMO_PDF, Rechazo, Veredicto

ENTRADAS = 500
_WORD97, _WORD6 = 0xA5EC, 0xA5DC
_CIFRADO, _OFUSCADO, _TABLA_1 = 0x0100, 0x8000, 0x0200

_OTROS = {
    "workbook": "un libro de Excel", "book": "un libro de Excel", "powerpoint document": "una presentación",
    "visiodocument": "un dibujo de Visio", "__substg1.0_1000001f": "un correo de Outlook",
    "__properties_version1.0": "un correo de Outlook",
}  # fmt: skip
_MACROS = {
    "macros",
    "_vba_project",
    "vba",
    "_vba_project_cur",
    "vbaproject",
    "project",
    "projectwm",
}
_OBJETOS = {"\x01ole10native", "\x01ole10itemname", "package", "contents", "\x03ocxname", "\x03ocxdata", "embeddedodf"}
_CAMPO_DDE = re.compile(rb"\x13\s*DDE(?:AUTO)?\b|\x13\0(?:\s\0)*D\0D\0E\0", re.IGNORECASE)
_PLANTILLA_REMOTA = re.compile(rb"h\0t\0t\0p\0s?\0?:\0/\0/\0(?:[^\0]\0){1,300}?\.\0d\0o\0t\0", re.IGNORECASE)


def juzgar(datos: bytes) -> Veredicto:
    """A Word 6 to 2003 document."""
    if zipfile.is_zipfile(io.BytesIO(datos)):
        raise Rechazo("es un DOC mezclado con otro tipo de archivo", GUARDAR_COMO_PDF)
    try:
        with olefile.OleFileIO(io.BytesIO(datos), raise_defects=olefile.DEFECT_INCORRECT) as ole:
            _revisar_cadenas(ole)
            _revisar_entradas(ole)
            _revisar_texto(ole)
    except Rechazo:
        raise
    except MemoryError:
        raise
    except Exception:  # olefile answers to hostile input with whatever comes
        raise CORTADO from None
    return Veredicto("doc")


def _revisar_cadenas(ole: olefile.OleFileIO) -> None:
    """No sector follows two others: chains neither cross nor bite their tail."""
    siguientes = [sector for sector in ole.fat if sector < olefile.MAXREGSECT]
    if len(set(siguientes)) != len(siguientes):
        raise CORTADO


def _revisar_entradas(ole: olefile.OleFileIO) -> None:
    rutas = ole.listdir(streams=True, storages=True)
    if len(rutas) > ENTRADAS:
        raise CORTADO
    nombres = {parte.lower() for ruta in rutas for parte in ruta}
    if nombres & {"encryptedpackage", "encryptioninfo"}:
        raise Rechazo("está protegido con clave", "Guárdalo sin clave y súbelo de nuevo.")
    if nombres & _MACROS:
        raise Rechazo("lleva macros", GUARDAR_COMO_PDF)
    otro = next((que for nombre, que in _OTROS.items() if nombre in nombres), None)
    if otro:
        raise Rechazo(f"es {otro}, no un documento de Word", GUARDAR_COMO_PDF)
    if nombres & _OBJETOS or any(len(ruta) > 1 and ruta[0].lower() == "objectpool" for ruta in rutas):
        raise Rechazo("lleva otros archivos adentro", GUARDAR_COMO_PDF)
    if not ole.exists("WordDocument"):
        raise Rechazo("no es un documento de Word", GUARDAR_COMO_PDF)


def _revisar_texto(ole: olefile.OleFileIO) -> None:
    """The header of the text (FIB, [MS-DOC] 2.5.1) and the fields in it."""
    texto = ole.openstream("WordDocument").read()
    if len(texto) < 68:
        raise CORTADO
    marca, version = struct.unpack_from("<HH", texto)
    (banderas,) = struct.unpack_from("<H", texto, 0x0A)
    if marca not in (_WORD97, _WORD6):
        raise CORTADO
    if banderas & (_CIFRADO | _OFUSCADO):
        raise Rechazo("está protegido con clave", "Guárdalo sin clave y súbelo de nuevo.")
    if _CAMPO_DDE.search(texto):
        raise Rechazo("lleva órdenes para otros programas (DDE)", GUARDAR_COMO_PDF)
    if marca == _WORD97 and version >= 0xC1:
        tabla = "1Table" if banderas & _TABLA_1 else "0Table"
        if not ole.exists(tabla):
            raise CORTADO
        if _PLANTILLA_REMOTA.search(ole.openstream(tabla).read()):
            raise Rechazo("usa una plantilla de internet", GUARDAR_COMO_PDF)
