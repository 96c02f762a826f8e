"""Where reports read: a replica of the database, when there is one that keeps up; else the primary (docs/adr/0021)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog
from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction
from django.db.models import Model

from portal.informes.models import Informe
from portal.mirada import sin_pared

log = structlog.get_logger(__name__)
ALIAS = "lectura"
ESPERA = 5.0
"""Seconds that a report waits for the replica to have what the primary had when the report was begun."""
_PAUSA = 0.1
_alias: ContextVar[str] = ContextVar("donde_leen_los_informes", default=DEFAULT_DB_ALIAS)


class Router:
    """Reads go to the replica inside `leyendo`, except those of the rows that tell how far the report is."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return _alias.get() if _alias.get() != DEFAULT_DB_ALIAS and model._meta.app_label != "informes" else None

    def allow_relation(self, uno: Model, otro: Model, **hints: Any) -> bool:
        return True  # both are the same data

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return False if db == ALIAS else None


def alias() -> str:
    """The connection that a report reads from."""
    return _alias.get()


@contextmanager
def leyendo(informe: Informe) -> Iterator[None]:
    """Inside the block what is read is at least as new as `informe.empezado`: of the replica when it is, at one moment.

    A report that is tried again reads the primary: a replica may break off what takes long.
    """
    if ALIAS not in connections or informe.intentos > 1 or not _al_dia(informe):
        yield
        return
    ficha = _alias.set(ALIAS)
    try:
        with transaction.atomic(using=ALIAS):
            with connections[ALIAS].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        _alias.reset(ficha)
        connections[ALIAS].close()


@sin_pared()
def _al_dia(informe: Informe) -> bool:
    """Whether the replica has the row as its worker took it a moment ago, and with it all that was committed before."""
    limite = time.monotonic() + ESPERA
    try:
        while not Informe.todos().using(ALIAS).filter(pk=informe.pk, arriendo=informe.arriendo).exists():
            if time.monotonic() > limite:
                log.warning("replica_atrasada", segundos=ESPERA)
                connections[ALIAS].close()
                return False
            time.sleep(_PAUSA)
    except Error as error:
        log.warning("replica_no_responde", error=type(error).__name__)
        connections[ALIAS].close()
        return False
    return True
