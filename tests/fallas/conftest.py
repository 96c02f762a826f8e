"""Fault tests: real processes that are killed. They run when asked for: `make test-faults`, or `pytest -m fallas`."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.entorno import RAIZ

sys.path.insert(0, str(RAIZ / ".ci"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """They take minutes and a machine for themselves: left out unless named."""
    fuera = [item for item in items if item.get_closest_marker("fallas")]
    if "fallas" in config.option.markexpr:
        for item in fuera:  # a connection whose other end was killed is left as it is
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))
    elif fuera:
        config.hook.pytest_deselected(items=fuera)
        items[:] = [item for item in items if item not in fuera]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures of docs/garantias.md."""
    if planta := sys.modules.get("tests.fallas.planta"):
        for cifra in planta.CIFRAS:
            terminalreporter.line(cifra)


@pytest.fixture(scope="session")
def planta() -> Iterator["Planta"]:  # noqa: F821
    """One installation for all fault tests: bringing it up is what takes longest."""
    from tests.fallas.planta import Planta

    with tempfile.TemporaryDirectory(prefix="ventanilla-fallas-") as carpeta:
        instalada = Planta(Path(carpeta))
        try:
            instalada.levantar()
            yield instalada
        finally:
            instalada.cerrar()
