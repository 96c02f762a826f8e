"""The one clock: every action takes the time from here, so that a test or the demonstration can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

_detenido: ContextVar[datetime | None] = ContextVar("reloj_detenido", default=None)


def ahora() -> datetime:
    """The present moment, aware, in UTC."""
    return _detenido.get() or datetime.now(UTC)


def hoy(zona: str | None = None) -> date:
    """Today's date in `zona` (IANA name; the installation's zone by default)."""
    return ahora().astimezone(ZoneInfo(zona or settings.TIME_ZONE)).date()


@contextmanager
def detener(instante: datetime) -> Iterator[None]:
    """Inside the block it is `instante` (aware); blocks nest."""
    if instante.tzinfo is None:
        raise ValueError("El reloj necesita una hora con zona.")
    ficha = _detenido.set(instante)
    try:
        yield
    finally:
        _detenido.reset(ficha)


@contextmanager
def adelantar(**cuanto: float) -> Iterator[None]:
    """Inside the block it is later by `timedelta(**cuanto)`."""
    with detener(ahora() + timedelta(**cuanto)):
        yield
