"""A kind of spreadsheet for the tests: as many rows as asked, with what they are told."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from portal.cuentas.models import Perfil
from portal.documentos.models import Caso
from portal.informes import registro
from portal.informes.libro import Columna
from portal.informes.registro import Parametros, Reporte


class DePrueba(Reporte):
    """`n` rows; `al_escribir`, when a test sets it, is called with each row's number."""

    codigo = "prueba"
    titulo = "Reporte de prueba: año/mes"
    columnas = (Columna("N°", 8), Columna("Cuándo", 18), Columna("Texto", 40))
    al_escribir: Callable[[int], None] | None = None

    def total(self, perfil: Perfil, parametros: Parametros) -> int | None:
        return int(parametros.get("n", "3"))

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        for numero in range(int(parametros.get("n", "3"))):
            if self.al_escribir:
                self.al_escribir(numero)
            yield numero, datetime(2026, 12, 3, 14, 30, tzinfo=UTC), parametros.get("texto", "hola")


class DeCasos(Reporte):
    """The cases that the asking profile sees."""

    codigo = "casos"
    titulo = "Casos"
    columnas = (Columna("N°"),)
    permiso = "avisos.ver_avisos"

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        for caso in Caso.objects.iterator():
            yield (caso.numero,)


@pytest.fixture(autouse=True)
def de_prueba(monkeypatch) -> DePrueba:
    """The kinds `prueba` and `casos` exist while the test lasts."""
    tipos = {"prueba": DePrueba(), "casos": DeCasos()}
    monkeypatch.setattr(registro, "_REGISTRO", {**registro._REGISTRO, **tipos})
    return tipos["prueba"]


@pytest.fixture(autouse=True)
def taller(settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path
