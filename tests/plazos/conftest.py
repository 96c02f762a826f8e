"""A Monday, the companies of three countries, and a memory of decreed days that no test inherits."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from portal.cuentas.models import Distribuidora
from portal.plazos import models
from portal.plazos.models import Regla

SANTIAGO = ZoneInfo("America/Santiago")


@pytest.fixture(autouse=True)
def _sin_memoria(db: None) -> Iterator[None]:
    models._decretados.clear()
    yield
    models._decretados.clear()


def en_santiago(dia: str, hora: str = "10:00") -> datetime:
    """`2026-11-30` at that hour of Santiago."""
    return datetime.fromisoformat(f"{dia}T{hora}").replace(tzinfo=SANTIAGO)


def regla(materia: str = "prueba", **campos) -> Regla:
    """A rule of ten business days in force since 2020, unless told otherwise."""
    return Regla.objects.create(**{"materia": materia, "cantidad": 10, "vigente_desde": "2020-01-01", **campos})


@pytest.fixture
def maipo() -> Distribuidora:
    return Distribuidora.objects.create(codigo="maipo", nombre="Maipo S.A.", nombre_fantasia="Maipo", prefijo="MA")


@pytest.fixture
def ande() -> Distribuidora:
    return Distribuidora.objects.create(
        codigo="ande", nombre="ANDE", nombre_fantasia="ANDE", prefijo="AN", pais="PY", zona_horaria="America/Asuncion"
    )


@pytest.fixture
def operador() -> Distribuidora:
    return Distribuidora.objects.create(
        codigo="op-pe", nombre="Luz PE", nombre_fantasia="Luz PE", prefijo="LP", pais="PE", zona_horaria="America/Lima"
    )
