"""The numbers by which the commercial system knows things, in one form however they are typed."""

import re
import unicodedata

from django.core.exceptions import ValidationError

LARGO = 30
_FORMA = re.compile(r"[0-9A-ZÑ]+(?:[-/][0-9A-ZÑ]+)*")


def normalizar(texto: str) -> str:
    """`texto` without spaces, dots, invisible characters and leading zeros, in capitals; never fails.

    «2.210.733» and «02210733» are one NIS; hyphen and slash belong to the number: `4417/2026`, `R-20931`.
    """
    visible = "".join(c for c in unicodedata.normalize("NFKC", texto or "") if unicodedata.category(c)[0] != "C")
    limpio = re.sub(r"[\s.·]", "", re.sub(r"[‐‑‒–—―−]", "-", visible)).upper()
    return limpio.lstrip("0") or limpio[:1]


def validar(texto: str, nombre: str = "número") -> str:
    """The normalised number; ValidationError when it cannot be one."""
    normal = normalizar(texto)
    if len(normal) > LARGO or not _FORMA.fullmatch(normal):
        raise ValidationError(
            f"Revisa el {nombre}: solo letras y números, con guion o barra si los tiene, y a lo más {LARGO} caracteres."
        )
    return normal
