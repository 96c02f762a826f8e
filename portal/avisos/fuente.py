"""The source of a notice: `Asunto: …`, an empty line, the title, an empty line, paragraphs."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.template import engines
from django.template.loader import get_template


class PlantillaMalEscrita(ValueError):
    """The source has not the parts that a notice needs, or says what it may not."""


@dataclass(frozen=True)
class Fuente:
    """A template's parts, not yet filled in."""

    asunto: str
    titulo: str
    parrafos: tuple[str, ...]

    @property
    def cuerpo(self) -> str:
        return "\n\n".join(self.parrafos)


def original(plantilla: str) -> str:
    """The source that ships with the portal: the only place that knows where it is kept."""
    return get_template(f"avisos/{plantilla}.txt").template.source  # type: ignore[attr-defined]


def existe(plantilla: str) -> bool:
    """Whether there is a notice of that name."""
    return plantilla in plantillas()


def plantillas() -> list[str]:
    """The names of all notices that ship with the portal or with an app."""
    carpetas: list[Path] = []
    for cargador in engines["django"].engine.template_loaders:  # type: ignore[attr-defined]
        for interno in getattr(cargador, "loaders", [cargador]):
            carpetas += [Path(carpeta) / "avisos" for carpeta in interno.get_dirs()]
    nombres = {ruta.stem for carpeta in carpetas for ruta in carpeta.glob("*.txt") if not ruta.name.startswith("_")}
    return sorted(nombres)


def partir(texto: str) -> Fuente:
    """The parts of a source; PlantillaMalEscrita when one is missing."""
    partes = [p.strip() for p in re.split(r"\n\s*\n", texto.replace("\r\n", "\n").strip())]
    if len(partes) < 3 or not partes[0].startswith("Asunto:") or any("\n" in p for p in partes[:2]):
        raise PlantillaMalEscrita(
            "Un aviso tiene una línea «Asunto: …», una línea de título y al menos un párrafo, separados por líneas "
            "en blanco."
        )
    return Fuente(partes[0].removeprefix("Asunto:").strip(), partes[1], tuple(partes[2:]))


def juntar(*, asunto: str, titulo: str, cuerpo: str) -> str:
    """The source with these parts."""
    return f"Asunto: {asunto}\n\n{titulo}\n\n{cuerpo}\n"
