"""The kinds of data that a rule can let go of: every app's `conservacion.py` declares its own.

CLASES      what it keeps, and how it lets go of it
TERMINADOS  functions that give its documents in a state after which nothing more is owed
PENDIENTES  functions that give what keeps a case from being at rest, by `OuterRef` to the Caso: an open charge, an
            appeal, a complaint of the same person
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from portal.documentos.models import Caso
from portal.historial.hechos import lecturas
from portal.historial.models import Evento

BORRADO = "[borrado al cumplirse su plazo]"


@dataclass(frozen=True)
class Clase:
    """A kind of data. `desde`: the fact after which its days are counted; `borra`: what goes, and what stays.

    `vencidas(limite)` gives the rows whose fact was at `limite` or before and that may go; `borrar(filas)` makes them
    leave that set, inside a transaction that holds their locks.
    """

    codigo: str
    nombre: str
    desde: str
    borra: str
    vencidas: Callable[[datetime], QuerySet[Any]]
    borrar: Callable[[QuerySet[Any]], object]


def eliminar(filas: QuerySet[Any]) -> None:
    """The rows themselves go."""
    filas.delete()


def _modulos() -> Iterator[ModuleType]:
    for app in apps.get_app_configs():
        if app.name != "portal" and find_spec(f"{app.name}.conservacion"):
            yield import_module(f"{app.name}.conservacion")


@cache
def clases() -> dict[str, Clase]:
    """All kinds by their code, in the order of their names."""
    todas = [clase for modulo in _modulos() for clase in getattr(modulo, "CLASES", ())]
    return {clase.codigo: clase for clase in sorted(todas, key=lambda c: c.nombre.casefold())}


def por_nombre() -> Case:
    """The place of a rule among all, by the name that people read."""
    lugares = (When(clase=codigo, then=Value(lugar)) for lugar, codigo in enumerate(clases()))
    return Case(*lugares, default=Value(len(clases())))


def de(codigo: str) -> Clase:
    """The kind of that code; one that no app declares any more has nothing to let go of."""
    nadie = Clase(
        codigo, codigo, "", "Ninguna parte del portal guarda ya estos datos.", lambda _: Evento.objects.none(), eliminar
    )
    return clases().get(codigo, nadie)


@cache
def _declarados(lista: str) -> list[Callable[[], QuerySet[Any]]]:
    return [funcion for modulo in _modulos() for funcion in getattr(modulo, lista, ())]


def en_reposo(limite: datetime) -> QuerySet[Caso]:
    """The cases that ended, in which nothing is pending, and to which nothing happened after `limite`.

    That somebody looked, or took a copy, is nothing that happened to a case.
    """
    terminado = Q(pk__in=[])
    for documentos in _declarados("TERMINADOS"):
        terminado |= Q(Exists(documentos().filter(caso=OuterRef("pk"))))
    movimiento = Evento.objects.filter(caso=OuterRef("pk"), cuando__gt=limite).exclude(hecho__in=lecturas())
    casos = Caso._base_manager.filter(terminado, ~Exists(movimiento), creado__lte=limite)
    for pendiente in _declarados("PENDIENTES"):
        casos = casos.filter(~Exists(pendiente()))
    return casos


def de_casos_en_reposo(filas: QuerySet[Any], limite: datetime, *, camino: str = "caso") -> QuerySet[Any]:
    """Those of `filas` whose case, at the end of `camino`, is at rest since `limite`."""
    return filas.filter(Exists(en_reposo(limite).filter(pk=OuterRef(camino))))
