"""What differs by country, as data: currency, time zone, document types. Nothing else asks for a country."""

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Pais:
    """A country in which a company works.

    `moneda` is the ISO 4217 code; `decimales` how many decimals an amount has; `separadores` those of thousands and of
    decimals; `documentos` the personal document types as (code, label, python-stdnum module or None where no check
    digit exists); `identificador` the module of a company's tax number.
    """

    codigo: str
    nombre: str
    zona: str
    moneda: str
    simbolo: str
    decimales: int
    documentos: tuple[tuple[str, str, str | None], ...]
    identificador: str
    identificador_nombre: str
    separadores: str = ".,"

    def importe(self, monto: Decimal) -> str:
        """`monto` as it is written in this country: `$ 38.500`, `S/ 1,200.50`."""
        texto = f"{monto:,.{self.decimales}f}"
        return f"{self.simbolo} " + texto.translate(str.maketrans(",.", self.separadores))

    def leer(self, texto: str) -> Decimal:
        """The amount that `importe` writes so, also without symbol or thousands; ValueError for anything else."""
        miles, coma = map(re.escape, self.separadores)
        decimales = rf"(?:{coma}(\d{{1,{self.decimales}}}))?" if self.decimales else "()"
        partes = re.fullmatch(
            rf"(?:{re.escape(self.simbolo)})?(-?)(\d{{1,3}}(?:{miles}\d{{3}})+|\d+){decimales}",
            re.sub(r"\s", "", texto),
            re.ASCII,
        )
        if partes is None:
            raise ValueError(texto)
        signo, entero, fraccion = partes.groups()
        return Decimal(f"{signo}{re.sub(miles, '', entero)}.{fraccion or '0'}")


PAISES = {
    p.codigo: p
    for p in (
        Pais(
            "CL",
            "Chile",
            "America/Santiago",
            "CLP",
            "$",
            0,
            (("rut", "RUT", "cl.rut"), ("pasaporte", "Pasaporte", None)),
            "cl.rut",
            "RUT",
        ),
        Pais(
            "PY",
            "Paraguay",
            "America/Asuncion",
            "PYG",
            "₲",
            0,
            (("ci", "C.I.", None), ("ruc", "RUC", "py.ruc")),
            "py.ruc",
            "RUC",
        ),
        Pais(
            "PE",
            "Perú",
            "America/Lima",
            "PEN",
            "S/",
            2,
            (("dni", "DNI", "pe.cui"), ("ruc", "RUC", "pe.ruc"), ("ce", "Carné de extranjería", None)),
            "pe.ruc",
            "RUC",
            separadores=",.",
        ),
    )
}
ELECCIONES = [(p.codigo, p.nombre) for p in PAISES.values()]
