"""Handing rows to the broker: a convenience that makes work start at once, never what keeps it from being lost."""

import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import structlog
from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from portal import reloj
from portal.encargos.models import Encargo
from portal.mirada import sin_pared

log = structlog.get_logger(__name__)
SILENCIO_TRAS_FALLO = 10.0
"""Seconds without asking a broker that did not answer: the sweep hands the rows over later."""
REPETIR = timedelta(minutes=2)
"""The sweep hands a row over again after this long, so that a busy queue does not fill with copies."""
LOTE = 500
_callar_hasta = 0.0


def repartir(encargo: Encargo) -> None:
    """Hand the row to the broker once the transaction has been committed; the request never fails or waits for it."""
    transaction.on_commit(lambda: entregar(type(encargo), encargo.pk))


def entregar(modelo: type[Encargo], pk: Any) -> bool:
    """Hand the row to the broker now; False when the broker did not take it."""
    global _callar_hasta
    if time.monotonic() < _callar_hasta:
        return False
    try:
        import_string(modelo.TAREA).apply_async(args=[str(pk)], retry=False)
    except Exception as error:  # whatever the transport raises: the row is safe, and the sweep comes by
        _callar_hasta = time.monotonic() + SILENCIO_TRAS_FALLO
        log.warning("cola_no_responde", modelo=modelo.__name__, error=type(error).__name__)
        return False
    return True


def modelos() -> Iterable[type[Encargo]]:
    """Every kind of background work that is installed."""
    return [m for m in apps.get_models() if issubclass(m, Encargo)]


@sin_pared()
def barrer() -> int:
    """Hand over what is due and nobody has: lost messages, ended pauses, lapsed leases. How many were handed over."""
    cuantos = 0
    for modelo in modelos():
        viejo = Q(repartido=None) | Q(repartido__lt=reloj.ahora() - REPETIR)
        debidos = modelo.todos().tomables().filter(viejo).order_by("proximo")[:LOTE]
        for pk in list(debidos.values_list("pk", flat=True)):
            if not entregar(modelo, pk):
                return cuantos
            modelo.todos().filter(pk=pk).update(repartido=reloj.ahora())
            cuantos += 1
    if cuantos:
        log.info("barrido", entregados=cuantos)
    return cuantos
