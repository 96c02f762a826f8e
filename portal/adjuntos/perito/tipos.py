"""What a file is, by its first bytes; its name is never asked."""

from collections.abc import Callable

import filetype

from . import doc, docx, imagen, pdf
from .veredicto import Rechazo, Veredicto

NOMBRES = {"jpg": "JPG", "png": "PNG", "doc": "DOC", "docx": "DOCX", "pdf": "PDF"}

_JUECES: tuple[tuple[bytes, str, Callable[[bytes], Veredicto]], ...] = (
    (b"%PDF-", "pdf", pdf.juzgar),
    (b"\xff\xd8\xff", "jpg", imagen.juzgar_jpg),
    (b"\x89PNG\r\n\x1a\n", "png", imagen.juzgar_png),
    (b"PK\x03\x04", "docx", docx.juzgar),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc", doc.juzgar),
)


def enumerar(formatos: tuple[str, ...]) -> str:
    """«JPG, PNG o PDF»."""
    *primeros, ultimo = [NOMBRES[formato] for formato in formatos]
    return f"{', '.join(primeros)} o {ultimo}" if primeros else ultimo


def juzgar(datos: bytes, formatos: tuple[str, ...]) -> Veredicto:
    """What `datos` is, if that is one of `formatos` and harmless; Rechazo otherwise."""
    for inicio, formato, juez in _JUECES:
        if datos.startswith(inicio):
            veredicto = juez(datos)
            if formato not in formatos:
                raise _no_se_acepta(f"es un archivo {NOMBRES[formato]}", formatos)
            return veredicto
    if b"%PDF-" in datos[:1024]:
        raise Rechazo("no empieza como un PDF: trae algo delante", "Guárdalo de nuevo como PDF y vuelve a subirlo.")
    conocido = filetype.guess(datos)
    que = (
        f"es un archivo {conocido.extension.upper()}" if conocido else "no es un documento ni una imagen que conozcamos"
    )
    raise _no_se_acepta(que, formatos)


def _no_se_acepta(que: str, formatos: tuple[str, ...]) -> Rechazo:
    return Rechazo(
        f"{que} y aquí se acepta {enumerar(formatos)}", f"Guárdalo como {NOMBRES[formatos[-1]]} y súbelo de nuevo."
    )
