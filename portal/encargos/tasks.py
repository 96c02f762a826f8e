"""The sweep, and the frame around every piece of work: take, do, note how it ended."""

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from celery.signals import worker_ready

from portal.encargos import reparto
from portal.encargos.models import Definitivo, Encargo, Pasajero, Perdido, Postergado

log = structlog.get_logger(__name__)
E = TypeVar("E", bound=Encargo)


def cumplir(modelo: type[E], pk: Any, trabajo: Callable[[E], None]) -> None:
    """Take the row and let `trabajo` do it, which ends with `encargo.terminar(…)`; nothing when it is not due.

    `trabajo` raises Definitivo, Pasajero, Postergado or Perdido for what it knows; anything else means another attempt.
    """
    encargo = modelo.tomar(pk)
    if encargo is None:
        return
    try:
        _intentar(encargo, trabajo)
    except Perdido:
        log.info("encargo_perdido", modelo=modelo.__name__, pk=str(pk))


def _intentar(encargo: E, trabajo: Callable[[E], None]) -> None:
    try:
        trabajo(encargo)
    except Perdido:
        raise
    except Definitivo as error:
        encargo.fallar(str(error))
    except Pasajero as error:
        encargo.reintentar(str(error))
    except Postergado as error:
        encargo.postergar(str(error))
    except SoftTimeLimitExceeded:
        encargo.reintentar("Tardó más de lo permitido.")
    except Exception as error:
        log.exception("encargo_interrumpido", modelo=type(encargo).__name__, pk=str(encargo.pk))
        encargo.reintentar(f"Error inesperado: {type(error).__name__}.")


@shared_task
def barrer() -> None:
    """What beat calls every few seconds."""
    reparto.barrer()


@worker_ready.connect
def barrer_al_empezar(**kwargs: Any) -> None:
    """A worker that starts looks at once for what another one left; by the queue, so that no connection is forked."""
    barrer.apply_async(retry=False)
