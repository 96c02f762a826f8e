"""Who looks: the scope that limits every document's default manager.

Middleware and tasks set it; without one a scoped manager refuses to work, so that a forgotten filter fails loudly
instead of showing another company's data. Related objects (`caso.adjuntos`) go through the same managers.
The database is told the same (`portal.mirada`), for its second wall.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast
from uuid import UUID

from django.db import models

from portal import mirada

if TYPE_CHECKING:
    from portal.cuentas.models import Perfil


class SinAmbito(RuntimeError):
    """A scoped manager was asked without anybody looking."""


class _Todo:
    """The scope of commands and migrations: everything."""


@dataclass(frozen=True)
class _Llave:
    """The scope of who has no profile and proved to hold the key of some cases: those, and what hangs on them."""

    claves: frozenset[UUID]

    def filtro(self, modelo: type[models.Model]) -> models.Q:
        """A model that hangs on no case holds nothing for them."""
        campos = {campo.name for campo in modelo._meta.fields}
        if modelo._meta.label_lower == "documentos.caso":
            return models.Q(clave__in=self.claves)
        return models.Q(caso__clave__in=self.claves) if "caso" in campos else models.Q(pk__in=[])


_TODO = _Todo()
_ambito: "ContextVar[Perfil | _Todo | _Llave | None]" = ContextVar("ambito", default=None)


@contextmanager
def _mirar(ambito: "Perfil | _Todo | _Llave | None") -> Iterator[None]:
    ficha = _ambito.set(ambito)
    try:
        with mirada.mirar(_a_la_base(ambito)):
            yield
    finally:
        _ambito.reset(ficha)


def _a_la_base(ambito: "Perfil | _Todo | _Llave | None") -> str:
    """Who looks, as the second wall reads it."""
    if ambito is None:
        return ""
    if isinstance(ambito, _Todo):
        return mirada.TODO
    if isinstance(ambito, _Llave):
        return f"llave 0 0 {{{','.join(map(str, ambito.claves))}}}"
    quien = "sec" if ambito.es_sec else "persona" if ambito.es_solicitante else "empresa"
    return f"{quien} {ambito.distribuidora_id or 0} {ambito.pk} {{}}"


def como(perfil: "Perfil | None") -> AbstractContextManager[None]:
    """Inside the block only what `perfil` may see exists; None takes the scope away."""
    return _mirar(perfil)


def con_llave(claves: Iterable[UUID]) -> AbstractContextManager[None]:
    """Inside the block only the cases with these keys exist, for somebody without a profile."""
    return _mirar(_Llave(frozenset(claves)))


def sin_ambito() -> AbstractContextManager[None]:
    """Inside the block everything is visible: commands, tasks and tests, never a view."""
    return _mirar(_TODO)


class _ConDueno(Protocol):
    """A model that says which of its rows a profile may see."""

    @classmethod
    def visible_para(cls, perfil: "Perfil") -> models.Q: ...


def perfil_activo() -> "Perfil | None":
    """Whoever looks, if it is somebody."""
    ambito = _ambito.get()
    return None if isinstance(ambito, _Todo | _Llave) else ambito


class ManagerAcotado(models.Manager):
    """The default manager of whatever belongs to somebody.

    The model says who sees what: a class method `visible_para(perfil) -> Q`.
    """

    def get_queryset(self) -> Any:
        ambito = _ambito.get()
        if ambito is None:
            raise SinAmbito(
                f"{self.model.__name__}: nadie está mirando. Use como(perfil) o, en un comando, sin_ambito()."
            )
        todo = super().get_queryset()
        if isinstance(ambito, _Todo):
            return todo
        if isinstance(ambito, _Llave):
            return todo.filter(ambito.filtro(self.model))
        return todo.filter(cast("type[_ConDueno]", self.model).visible_para(ambito))
