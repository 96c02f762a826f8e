"""The icons (a cut of Bootstrap Icons, MIT), read once from `iconos.svg`."""

import re
from functools import cache
from pathlib import Path


@cache
def simbolos() -> dict[str, tuple[str, str]]:
    """Icon name → (viewBox, drawing)."""
    hoja = (Path(__file__).parent / "iconos.svg").read_text(encoding="utf-8")
    hallados = re.findall(r'<symbol id="i-([\w-]+)" viewBox="([^"]+)">(.*?)</symbol>', hoja, re.DOTALL)
    return {nombre: (caja, " ".join(dibujo.split())) for nombre, caja, dibujo in hallados}
