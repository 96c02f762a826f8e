"""What PostgreSQL is told of who looks, so that its own wall (portal/cuentas/pared.py) can hold.

Each statement brings it along: in the same message, and for its transaction alone. So there is nothing to forget at a
rollback, nothing to clean when a connection goes back to its pool, and what nobody announced sees no rows.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver

AJUSTE = "ventanilla.mirada"
"""The database's own variable: who (`todo`, `sec`, `empresa`, `persona`, `llave`), company, profile, keys."""
TODO = "todo 0 0 {}"
_CON_FILAS = re.compile(r"[\s(]*(SELECT|INSERT|UPDATE|DELETE|WITH|EXPLAIN)\b", re.IGNORECASE)
_mirada: ContextVar[str] = ContextVar("mirada", default="")


@contextmanager
def mirar(mirada: str) -> Iterator[None]:
    """Inside the block the database is told `mirada`; empty: nobody looks."""
    ficha = _mirada.set(mirada)
    try:
        yield
    finally:
        _mirada.reset(ficha)


@contextmanager
def sin_pared() -> Iterator[None]:
    """Inside the block the second wall is open, the first one stands: for what goes round the managers on purpose.

    The ledger of background work, and what somebody without a profile may write or ask.
    """
    with mirar(TODO):
        yield


def de_la_empresa(empresa: int) -> AbstractContextManager[None]:
    """Inside the block the second wall shows this company's rows: for work in its name that no profile does."""
    return mirar(f"empresa {empresa} 0 {{}}")


def decir(conexion: BaseDatabaseWrapper) -> None:
    """Tell it for the rest of the open transaction: before a COPY, which takes nothing along."""
    if conexion.vendor == "postgresql":
        conexion.connection.execute(_dicho())


def _dicho() -> str:
    return f"SELECT set_config('{AJUSTE}', '{_mirada.get()}', true);"


def _decir_y_hacer(ejecutar: Callable[..., Any], sql: str, valores: Any, muchos: bool, contexto: dict[str, Any]) -> Any:
    """What an execute wrapper does: the statement, with who looks before it."""
    cruda, cursor = contexto["connection"].connection, contexto["cursor"].cursor
    nada_que_quitar = not _mirada.get() and not cruda.pgconn.transaction_status
    if nada_que_quitar or not _CON_FILAS.match(sql):
        return ejecutar(sql, valores, muchos, contexto)
    if muchos or hasattr(cursor, "name"):  # many at once, or a cursor of the server's: each a message of its own
        with cruda.transaction():
            cruda.execute(_dicho())
            return ejecutar(sql, valores, muchos, contexto)
    hecho = ejecutar(_dicho() + sql, valores, muchos, contexto)
    cursor.nextset()
    return hecho


@receiver(connection_created)
def presentar(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Each connection of PostgreSQL, once: a pool lends the same wrapper again and again."""
    if connection.vendor == "postgresql" and _decir_y_hacer not in connection.execute_wrappers:
        connection.execute_wrappers.append(_decir_y_hacer)
