"""How each fact of the history is told: every app's `hechos.py` holds `HECHOS`, code → (sentence, icon).

`LECTURAS` in it, optional: codes of what somebody only looked at, which the page of a case leaves to the SEC's history.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from string import Formatter
from types import ModuleType
from typing import Any

from django.apps import apps

from portal.historial.models import Evento


@cache
def _modulos() -> tuple[ModuleType, ...]:
    """The `hechos.py` of every app that has one."""
    nombres = [app.name for app in apps.get_app_configs() if app.name != "portal.historial"]
    return tuple(import_module(f"{nombre}.hechos") for nombre in nombres if find_spec(f"{nombre}.hechos"))


@cache
def relatos() -> dict[str, tuple[str, str]]:
    """All sentences, `{dato}` standing for a value of the event's `datos`, with their icons."""
    return {codigo: relato for modulo in _modulos() for codigo, relato in modulo.HECHOS.items()}


@cache
def lecturas() -> frozenset[str]:
    """Codes of what changed nothing: somebody looked."""
    return frozenset().union(*(getattr(modulo, "LECTURAS", ()) for modulo in _modulos()))


class _Tolerante(Formatter):
    """A value that an old event lacks is left out."""

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        return kwargs.get(key, "")


def frase(evento: Evento) -> str:
    """What happened, as a sentence."""
    texto = relatos().get(evento.hecho, (evento.hecho.replace("_", " ").capitalize(), ""))[0]
    return _Tolerante().vformat(texto, (), evento.datos)


def icono(evento: Evento) -> str:
    """The icon of what happened."""
    return relatos().get(evento.hecho, ("", "clock"))[1]
