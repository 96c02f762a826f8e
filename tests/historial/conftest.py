from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from portal import reloj
from portal.historial import resumenes
from portal.historial.models import Evento, registrar

DIA = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def tres_dias(marcos) -> Callable[[], None]:
    """Ten events on the 10th, none on the 11th, five on the 12th of November, all digested."""
    for dias, cuantos in ((0, 10), (2, 5)):
        for n in range(cuantos):
            with reloj.detener(DIA + timedelta(days=dias, minutes=n)):
                registrar(None, "sesion_iniciada", por=marcos, vuelta=n)
    with reloj.detener(DIA + timedelta(days=3)):
        assert resumenes.resumir() == 3
    return [*Evento.objects.order_by("pk")]


@pytest.fixture
def hallazgos() -> Callable[[], list[tuple[str, str, int | None]]]:
    """What the verification finds two hours after the last of these days was digested."""

    def _hallazgos() -> list[tuple[str, str, int | None]]:
        with reloj.detener(DIA + timedelta(days=3, hours=2)):
            return [(f"{h.dia:%d-%m}", h.clase, h.evento) for h in resumenes.verificar()]

    return _hallazgos
