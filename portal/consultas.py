"""Queries that took too long, in the log: the text with its placeholders, never what people asked for."""

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver

_LARGO = 1000


def _medir(ejecutar: Callable[..., Any], sql: str, valores: Any, muchos: bool, contexto: dict[str, Any]) -> Any:
    inicio = time.perf_counter()
    try:
        return ejecutar(sql, valores, muchos, contexto)
    finally:
        ms = (time.perf_counter() - inicio) * 1000
        if ms >= settings.MS_CONSULTA_LENTA:
            structlog.get_logger(__name__).warning("consulta_lenta", ms=round(ms), sql=str(sql)[:_LARGO])


@receiver(connection_created)
def vigilar(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Each connection, once: a pool lends the same wrapper again and again."""
    if settings.MS_CONSULTA_LENTA and _medir not in connection.execute_wrappers:
        connection.execute_wrappers.append(_medir)
