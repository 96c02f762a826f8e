"""Every address of the portal, as the URL table itself gives them, and the matrix that a person wrote.

What the tests of all addresses must know of an app stands in `tests/<app>/direcciones.py`, all of it optional:

ACTORES     columns that the app's part of the matrix has beyond the ten → the fixture that is that person
PEDIDOS     address → function of (Mundo, actor) that gives the request which succeeds
DE_LA_PAGINA  address → fields that the successful form leaves out, for hostile text
SIN_PAGINA  addresses asked for by scripts, machines or buttons, or a file: nothing to look at
recorrido   function of `request.getfixturevalue` that gives (profile, paths to look at in a browser) pairs
"""

import csv
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

AQUI = Path(__file__).parent
MATRIZ = AQUI / "matriz"
ACTORES = (
    "anonimo",
    "solicitante",
    "otro_solicitante",
    "tramitador",
    "validador",
    "administrador_dx",
    "otra_dx",
    "auditor",
    "administrador_sec",
    "agente",
)


def direcciones(resolver: URLResolver | None = None, espacio: str = "") -> Iterator[str]:
    """The name of each address with its namespace; its route when it has no name."""
    for patron in (resolver or get_resolver()).url_patterns:
        if isinstance(patron, URLResolver):
            yield from direcciones(patron, f"{espacio}{patron.namespace}:" if patron.namespace else espacio)
        else:
            yield nombre_de(patron, espacio)


def nombre_de(patron: URLPattern, espacio: str = "") -> str:
    return espacio + patron.name if patron.name else str(patron.pattern)


def filas() -> list[dict[str, str]]:
    """The rows of the matrix, each with the columns of its part."""
    juntas: list[dict[str, str]] = []
    for parte in sorted(MATRIZ.glob("*.csv")):
        with parte.open(encoding="utf-8", newline="") as archivo:
            juntas += csv.DictReader(archivo)
    return juntas


def actores_de(fila: dict[str, str]) -> list[str]:
    """The columns of a row that are people."""
    return [columna for columna in fila if columna not in ("direccion", "metodo", "lugar")]


@cache
def de_las_apps() -> tuple[ModuleType, ...]:
    """What each app says of its own addresses."""
    return tuple(
        import_module(f"tests.{ruta.parent.name}.direcciones")
        for ruta in sorted(AQUI.parent.glob("*/direcciones.py"))
        if ruta.parent != AQUI
    )


def juntar(nombre: str) -> dict[str, Any]:
    """The entries of a table that the apps fill."""
    return {clave: valor for modulo in de_las_apps() for clave, valor in getattr(modulo, nombre, {}).items()}


def base(direccion: str) -> str:
    """The address of a row, without the variant in brackets."""
    return direccion.partition(" [")[0]
