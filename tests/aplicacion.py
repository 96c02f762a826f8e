"""On PostgreSQL pages and tasks run as a user who owns no table and is not above its rules, as in production.

What a test itself does stays with the user who made the database. Each statement is given its user, so that neither an
error nor a rollback leaves the wrong one behind.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any

from celery import signals
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from portal.historial import guardia

ROL = "ventanilla_pruebas"
_DE_TRANSACCION = re.compile(r"\s*(BEGIN|SAVEPOINT|RELEASE|ROLLBACK|COMMIT|SET)\b", re.IGNORECASE)
_dentro: ContextVar[bool] = ContextVar("dentro", default=False)
_tareas: dict[str, AbstractContextManager[None]] = {}


@contextmanager
def como_la_aplicacion() -> Iterator[None]:
    """Inside the block statements are the application's."""
    ficha = _dentro.set(True)
    try:
        yield
    finally:
        _dentro.reset(ficha)


def crear_rol() -> None:
    """The user of docs/despliegue/usuarios.sh, for the database of this run."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"""DO $$ BEGIN CREATE ROLE {ROL}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROL};
            GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROL}"""
        )
    guardia.poner()


class PaginasComoLaAplicacion:
    """The outermost middleware of the tests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with como_la_aplicacion():
            return self.get_response(request)


@signals.task_prerun.connect
def _empieza(task_id: str, **kwargs: Any) -> None:
    _tareas[task_id] = como_la_aplicacion()
    _tareas[task_id].__enter__()


@signals.task_postrun.connect
def _termina(task_id: str, **kwargs: Any) -> None:
    _tareas.pop(task_id).__exit__(None, None, None)


def _con_su_usuario(
    ejecutar: Callable[..., Any], sql: str, valores: Any, muchos: bool, contexto: dict[str, Any]
) -> Any:
    cruda, cursor = contexto["connection"].connection, contexto["cursor"].cursor
    if _DE_TRANSACCION.match(sql) or not (_dentro.get() or cruda.pgconn.transaction_status):
        return ejecutar(sql, valores, muchos, contexto)
    usuario = f"SELECT set_config('role', '{ROL if _dentro.get() else 'none'}', true);"
    if muchos or hasattr(cursor, "name"):
        with cruda.transaction():
            cruda.execute(usuario)
            return ejecutar(sql, valores, muchos, contexto)
    hecho = ejecutar(usuario + sql, valores, muchos, contexto)
    cursor.nextset()
    return hecho


@receiver(connection_created)
def _acompanar(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if connection.vendor == "postgresql" and _con_su_usuario not in connection.execute_wrappers:
        connection.execute_wrappers.append(_con_su_usuario)
