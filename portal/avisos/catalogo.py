"""What is known of each notice: every app's `mensajes.py` says it, all of it optional.

MENSAJES   name of the notice → when it is sent
VARIABLES  name of a variable → what it is
EJEMPLOS   name of a variable → a value to show it with
contexto   function of (name, case) → the values that the notice would have for that case, or None
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps

from portal.avisos import fuente
from portal.avisos.lenguaje import variables
from portal.documentos.models import Caso


@cache
def _apps() -> tuple[ModuleType, ...]:
    nombres = [a.name for a in apps.get_app_configs() if a.name != "portal" and find_spec(f"{a.name}.mensajes")]
    return tuple(import_module(f"{nombre}.mensajes") for nombre in nombres)


def _juntar(tabla: str) -> dict[str, Any]:
    return {clave: valor for modulo in _apps() for clave, valor in getattr(modulo, tabla, {}).items()}


def cuando(plantilla: str) -> str:
    """When the notice is sent, in words."""
    return str(_juntar("MENSAJES").get(plantilla, plantilla.replace("_", " ").capitalize()))


def explicadas(plantilla: str) -> list[tuple[str, str, Any]]:
    """The variables of a notice: name, what it is, an example."""
    que_es, ejemplos = _juntar("VARIABLES"), _juntar("EJEMPLOS")
    nombres = variables(fuente.original(plantilla))
    return [(nombre, que_es.get(nombre, ""), ejemplos.get(nombre, nombre)) for nombre in nombres]


def de_ejemplo(plantilla: str) -> dict[str, Any]:
    """Values to look at the notice with."""
    arbol: dict[str, Any] = {"saludo": "Rosa", "boton": ("Ver mi solicitud", "/"), "motivo": "porque es un ejemplo"}
    for nombre, _, ejemplo in explicadas(plantilla):
        *ramas, hoja = nombre.split(".")
        rama = arbol
        for paso in ramas:
            rama = rama.setdefault(paso, {})
        rama[hoja] = ejemplo
    return arbol


def de_caso(plantilla: str, caso: Caso) -> dict[str, Any] | None:
    """The values that the notice would have for that case; None when no app knows."""
    for modulo in _apps():
        if hasattr(modulo, "contexto") and (valores := modulo.contexto(plantilla, caso)) is not None:
            return dict(valores)
    return None
