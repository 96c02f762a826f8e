"""The sign-in identifier: one kind per installation, normalised in one place; the same rules for companies."""

import re
import unicodedata
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.core.exceptions import ValidationError

_GUIONES = "-‐‑‒–—―−"
_ADORNO = re.compile(rf"[\s.·,_{re.escape(_GUIONES)}]")


@dataclass(frozen=True)
class Clase:
    """A kind of identifier. `patron` is its stored form; `partido`: with a hyphen before the check digit."""

    patron: str
    ejemplo: str
    partido: bool = True


CLASES = {  # by python-stdnum module; digits are ASCII ones: \d would let others pass
    "cl.rut": Clase(r"[1-9][0-9]{6,7}-[0-9K]", "12.345.678-5"),
    "py.ruc": Clase(r"[1-9][0-9]{3,7}-[0-9]", "80012345-0"),
    "pe.ruc": Clase(r"[1-9][0-9]{10}", "20123456786", partido=False),
}


def normalizar(texto: str, clase: str = "") -> str:
    """The stored form of an identifier, `12345678-5` for the RUT, whether valid or not; never fails.

    Dots, spaces, invisible characters and leading zeros are ignored, hyphens of any kind too unless one comes first
    (a minus is no part of an identifier); `k` becomes `K`. `clase`: the installation's unless given.
    """
    visible = "".join(c for c in unicodedata.normalize("NFKC", texto or "") if unicodedata.category(c)[0] != "C")
    signo = "-" if visible.lstrip()[:1] in tuple(_GUIONES) else ""
    limpio = _ADORNO.sub("", visible).replace("k", "K").lstrip("0")
    if CLASES[clase or settings.IDENTIFICADOR].partido and len(limpio) > 1:
        limpio = f"{limpio[:-1]}-{limpio[-1]}"
    return signo + limpio


def validar(texto: str, clase: str = "") -> str:
    """The normalised identifier; ValidationError when it is malformed or its check digit does not agree."""
    clase = clase or settings.IDENTIFICADOR
    normal = normalizar(texto, clase)
    # python-stdnum alone lets "00000000-0", a leading minus and foreign digits pass: judge the normalised form too.
    if not re.fullmatch(CLASES[clase].patron, normal) or not import_module(f"stdnum.{clase}").is_valid(normal):
        raise ValidationError(
            f"Revisa el {settings.IDENTIFICADOR_NOMBRE}: escríbelo completo, con su dígito verificador. "
            f"Ejemplo: {CLASES[clase].ejemplo}.",
            code="identificador",
        )
    return normal


def presentar(normal: str) -> str:
    """For people's eyes: a RUT with its dots, `12.345.678-5`; other kinds as they are stored."""
    cuerpo, _, digito = normal.rpartition("-")
    if settings.IDENTIFICADOR != "cl.rut" or not cuerpo.isascii() or not cuerpo.isdigit():
        return normal
    return f"{int(cuerpo):,}-{digito}".replace(",", ".")
