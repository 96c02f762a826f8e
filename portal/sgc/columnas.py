"""What the files of the commercial system hold: their columns, and how each cell is judged."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from portal.cuentas import documento
from portal.cuentas.models import Distribuidora
from portal.encargos.models import Definitivo
from portal.sgc.models import Expediente, Importacion, Suministro
from portal.sgc.numeros import validar

_PROHIBIDOS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
Juicio = Callable[[str], str]


@dataclass(frozen=True)
class Columna:
    """A column: its name in the database and in the heading, how long, whether it must be there."""

    campo: str
    titulo: str
    largo: int
    obligatoria: bool = False


SUMINISTROS = (
    Columna("nis", "NIS", 60, True),
    Columna("tension", "Tensión", 20, True),
    Columna("estado", "Estado", 20),
    Columna("tarifa", "Tarifa", 40),
    Columna("direccion", "Dirección", 200),
    Columna("zona", "Zona", 80),
    Columna("tipo_documento", "Tipo de documento", 30, True),
    Columna("documento", "Documento", 40, True),
    Columna("nombre", "Titular", 150, True),
    Columna("telefono", "Teléfono", 40),
    Columna("correo", "Correo", 254),
)
EXPEDIENTES = (
    Columna("clase", "Clase", 20, True),
    Columna("numero", "Número", 60, True),
    Columna("nis", "NIS", 60),
    Columna("asunto", "Asunto", 200),
)
DE: dict[str, tuple[Columna, ...]] = {
    Importacion.Contenido.SUMINISTROS: SUMINISTROS,
    Importacion.Contenido.EXPEDIENTES: EXPEDIENTES,
}
CLAVE: dict[str, tuple[str, ...]] = {
    Importacion.Contenido.SUMINISTROS: ("nis",),
    Importacion.Contenido.EXPEDIENTES: ("clase", "numero"),
}


@lru_cache(maxsize=1024)
def _llano(texto: str) -> str:
    """Small letters without accents, dots and spaces around: how headings and words are compared."""
    partes = unicodedata.normalize("NFKD", texto.casefold())
    return re.sub(r"[\s_.]+", " ", "".join(c for c in partes if not unicodedata.combining(c))).strip()


_TENSIONES = {"bt": "BT", "baja tension": "BT", "baja": "BT", "mt": "MT", "media tension": "MT", "media": "MT"}
_ESTADOS = {_llano(palabra): e.value for e in Suministro.Estado for palabra in (e.value, e.label)}
_CLASES = {_llano(palabra): c.value for c in Expediente.Clase for palabra in (c.value, c.label)}


class Juez:
    """Judges the rows of one file for one company."""

    def __init__(self, contenido: str, empresa: Distribuidora, encabezado: Sequence[str]) -> None:
        self.columnas, self.empresa = DE[contenido], empresa
        titulos = {_llano(titulo): lugar for lugar, titulo in reversed(list(enumerate(encabezado)))}
        self._lugares = {c.campo: titulos.get(_llano(c.titulo)) for c in self.columnas}
        faltan = [c.titulo for c in self.columnas if c.obligatoria and self._lugares[c.campo] is None]
        if faltan:
            esperadas = ", ".join(c.titulo for c in self.columnas)
            raise Definitivo(f"Faltan columnas en la primera línea: {', '.join(faltan)}. Se esperan: {esperadas}.")

    @cached_property
    def _tipos(self) -> dict[str, str]:
        tipos = documento.tipos(self.empresa.pais)
        return {_llano(palabra).replace(" ", ""): codigo for codigo, rotulo in tipos for palabra in (codigo, rotulo)}

    def juzgar(self, fila: Sequence[str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
        """The values as they are stored, and what is wrong: column and sentence."""
        valores: dict[str, str] = {}
        errores: list[tuple[str, str]] = []
        for columna in self.columnas:
            lugar = self._lugares[columna.campo]
            crudo = fila[lugar] if lugar is not None and lugar < len(fila) else ""
            texto = _PROHIBIDOS.sub(" ", crudo).strip()
            try:
                valores[columna.campo] = self._celda(columna, texto, valores)
            except ValidationError as error:
                errores.append((columna.titulo, " ".join(error.messages)))
        return valores, errores

    def _celda(self, columna: Columna, texto: str, antes: dict[str, str]) -> str:
        if not texto:
            if columna.obligatoria:
                raise ValidationError("Está vacía.")
            return "activo" if columna.campo == "estado" else ""
        if len(texto) > columna.largo:
            raise ValidationError(f"Tiene {len(texto)} caracteres y caben {columna.largo}.")
        if columna.campo in ("nis", "numero"):
            return validar(texto, columna.titulo)
        if columna.campo == "documento":
            if "tipo_documento" not in antes:
                return texto
            return documento.validar(texto, pais=self.empresa.pais, tipo=antes["tipo_documento"])
        if columna.campo == "tipo_documento":
            return _de_lista(self._tipos, _llano(texto).replace(" ", ""), texto)
        if columna.campo in _LISTAS:
            return _de_lista(_LISTAS[columna.campo], _llano(texto), texto)
        if columna.campo == "correo":
            validate_email(texto)
        return texto


_LISTAS = {"tension": _TENSIONES, "estado": _ESTADOS, "clase": _CLASES}


def _de_lista(opciones: dict[str, str], llano: str, texto: str) -> str:
    if llano not in opciones:
        raise ValidationError(f"«{texto[:40]}» no se reconoce. Puede ser: {', '.join(sorted(set(opciones.values())))}.")
    return opciones[llano]
