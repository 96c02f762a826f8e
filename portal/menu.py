"""The main menu: each app declares its entries in `menu.py` (`MENU: list[Entrada]`); nobody else lists them.

`PUBLICO: list[Entrada]` beside it: what can be done without signing in, said on the first page and at every foot.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse

from portal.cuentas.funciones import TipoPerfil
from portal.cuentas.models import Perfil


@dataclass(frozen=True)
class Entrada:
    """An entry for profiles of `tipos` (all when empty) that hold `permiso` (nobody is asked when empty)."""

    texto: str
    url_name: str
    icono: str
    permiso: str = ""
    orden: int = 50
    tipos: Collection[TipoPerfil] = ()

    def es_para(self, perfil: Perfil) -> bool:
        """Whether `perfil` sees this entry."""
        return (not self.tipos or perfil.tipo in self.tipos) and (not self.permiso or perfil.tiene(self.permiso))


@dataclass(frozen=True)
class Enlace:
    """An entry on a page; `actual` is the value of `aria-current`: "page", "true" for a page below it, or empty."""

    texto: str
    icono: str
    url: str
    actual: str


def _declaradas(lista: str) -> tuple[Entrada, ...]:
    """What all apps declare under that name, in order."""
    juntas: list[Entrada] = []
    for app in apps.get_app_configs():
        if app.name != "portal" and find_spec(f"{app.name}.menu"):
            juntas.extend(getattr(import_module(f"{app.name}.menu"), lista, ()))
    return tuple(sorted(juntas, key=lambda e: e.orden))


@cache
def entradas() -> tuple[Entrada, ...]:
    """All declared entries of the menu, in order."""
    return _declaradas("MENU")


@cache
def publicas() -> tuple[Enlace, ...]:
    """What can be done without signing in."""
    return tuple(Enlace(e.texto, e.icono, reverse(e.url_name), "") for e in _declaradas("PUBLICO"))


def para(perfil: Perfil | None) -> list[Entrada]:
    """What `perfil` finds in its menu."""
    return [e for e in entradas() if e.es_para(perfil)] if perfil else []


def enlaces(request: HttpRequest) -> list[Enlace]:
    """The menu of whoever asks, with the entry they are in marked: the longest address that begins like theirs."""
    propias = [(e, reverse(e.url_name)) for e in para(getattr(request, "perfil", None))]
    donde = max((url for _, url in propias if request.path.startswith(url) and url != "/"), key=len, default="")
    donde = donde or ("/" if request.path == "/" else "")
    return [
        Enlace(e.texto, e.icono, url, ("page" if request.path == url else "true") if url == donde else "")
        for e, url in propias
    ]
