"""What makes a password good enough (A-07): long enough, not on the list, not made of its owner's data."""

import gzip
import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

MINIMO, MAXIMO = 8, 128
_LISTA = Path(__file__).parent / "claves_comunes.txt.gz"
_PARECIDO = 0.7


def _llano(texto: str) -> str:
    """Without capitals and accents."""
    sueltas = unicodedata.normalize("NFKD", texto.lower())
    return "".join(c for c in sueltas if not unicodedata.combining(c))


@cache
def _comunes() -> frozenset[str]:
    return frozenset(gzip.decompress(_LISTA.read_bytes()).decode().split("\n"))


class LargoValidator:
    """From 8 to 128 characters of any kind."""

    def validate(self, password: str, user: Any = None) -> None:
        if not MINIMO <= len(password) <= MAXIMO:
            raise ValidationError(
                f"La contraseña tiene {len(password)} caracteres y debe tener entre {MINIMO} y {MAXIMO}.", code="largo"
            )

    def get_help_text(self) -> str:
        return f"Entre {MINIMO} y {MAXIMO} caracteres, los que quieras. Una frase de varias palabras es fácil y segura."


class ComunValidator:
    """Not one of those that everybody tries first: the list beside this file, with Spanish and Chilean ones."""

    def validate(self, password: str, user: Any = None) -> None:
        llano = _llano(password)
        if llano in _comunes() or len(set(llano)) < 3:
            raise ValidationError(
                "Esa contraseña es muy conocida: está en las listas con que se entra a cuentas ajenas. Elige otra.",
                code="comun",
            )

    def get_help_text(self) -> str:
        return "Que no sea una contraseña conocida."


class PropiaValidator:
    """Not the owner's RUT, name or mail, nor little more than that."""

    def validate(self, password: str, user: Any = None) -> None:
        if user is None:
            return
        llano = _llano(password)
        cuerpo = re.sub(r"\D", "", (user.identificador or "").rpartition("-")[0])
        if cuerpo and cuerpo in re.sub(r"\D", "", llano):
            raise ValidationError("La contraseña contiene tu RUT. Elige otra.", code="propia")
        correo = _llano(user.email or "")
        nombres, apellidos = _llano(user.nombres), _llano(user.apellidos)
        palabras = re.split(r"\W+", f"{nombres} {apellidos} {correo}")
        palabras += [t.replace(" ", "") for t in (nombres, apellidos, nombres + apellidos)]
        palabras += [correo, correo.partition("@")[0]]
        for palabra in palabras:
            if len(palabra) < 3:
                continue
            contenida = palabra in llano and len(llano) - len(palabra) < MINIMO // 2 + 1
            if contenida or SequenceMatcher(a=llano, b=palabra).ratio() >= _PARECIDO:
                raise ValidationError("La contraseña se parece a tu nombre o a tu correo. Elige otra.", code="propia")

    def get_help_text(self) -> str:
        return "Que no sea tu RUT, tu nombre ni tu correo."
