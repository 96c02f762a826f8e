"""Personal documents of a company's customers, by its country: one normalised form, judged in one place."""

import re
import unicodedata
from dataclasses import dataclass
from importlib import import_module

from django.core.exceptions import ValidationError

from portal.cuentas import identificador
from portal.cuentas.paises import PAISES


@dataclass(frozen=True)
class Forma:
    """How a type of document is written: stored form, an example, whether leading zeros belong to it."""

    patron: str
    ejemplo: str
    con_ceros: bool = False


_FORMAS = {  # (country, type): what `identificador` does not know already
    ("PY", "ci"): Forma(r"[1-9][0-9]{3,7}", "1.730.558"),
    ("CL", "pasaporte"): Forma(r"[0-9A-Z]{5,20}", "F12345678", con_ceros=True),
    ("PE", "dni"): Forma(r"[0-9]{8}", "04123456", con_ceros=True),
    ("PE", "ce"): Forma(r"[0-9A-Z]{6,12}", "001234567", con_ceros=True),
}


def tipos(pais: str) -> list[tuple[str, str]]:
    """Code and label of each document type of the country, in its order."""
    return [(codigo, rotulo) for codigo, rotulo, _ in PAISES[pais].documentos]


def rotulo(pais: str, tipo: str) -> str:
    """The label of a type: «C.I.»."""
    return dict(tipos(pais))[tipo]


def _modulo(pais: str, tipo: str) -> str | None:
    return next(modulo for codigo, _, modulo in PAISES[pais].documentos if codigo == tipo)


def normalizar(texto: str, *, pais: str, tipo: str) -> str:
    """The stored form, whether valid or not: without dots, spaces and invisible characters; never fails."""
    forma = _FORMAS.get((pais, tipo))
    if forma is None:
        return identificador.normalizar(texto, _modulo(pais, tipo) or "")
    visible = "".join(c for c in unicodedata.normalize("NFKC", texto or "") if unicodedata.category(c)[0] != "C")
    limpio = re.sub(r"[\s.·,_]", "", visible).upper()
    return limpio if forma.con_ceros else limpio.lstrip("0")


def validar(texto: str, *, pais: str, tipo: str) -> str:
    """The normalised number; ValidationError when it is malformed or its check digit, where it has one, disagrees."""
    if tipo not in dict(tipos(pais)):
        raise ValidationError("Elige el tipo de documento.", code="tipo")
    normal, modulo = normalizar(texto, pais=pais, tipo=tipo), _modulo(pais, tipo)
    forma = _FORMAS.get((pais, tipo))
    patron = forma.patron if forma else identificador.CLASES[str(modulo)].patron
    if re.fullmatch(patron, normal) and (modulo is None or import_module(f"stdnum.{modulo}").is_valid(normal)):
        return normal
    nombre = rotulo(pais, tipo)
    if forma:
        raise ValidationError(f"Revisa el número de {nombre}. Ejemplo: {forma.ejemplo}.", code="documento")
    ejemplo = identificador.CLASES[str(modulo)].ejemplo
    raise ValidationError(
        f"Revisa el {nombre}: escríbelo completo, con su dígito verificador. Ejemplo: {ejemplo}.", code="documento"
    )


def presentar(normal: str, *, pais: str, tipo: str) -> str:
    """For people's eyes, with its type: «C.I. 1.730.558»."""
    numero = f"{int(normal):,}".replace(",", ".") if (pais, tipo) == ("PY", "ci") and normal.isdecimal() else normal
    return f"{rotulo(pais, tipo)} {numero}"
