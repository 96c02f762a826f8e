"""The rules that the portal ships, and what the tests of retention make of them."""

from collections.abc import Callable

import pytest

from portal.conservacion.carga import cargar
from portal.conservacion.models import ReglaDeConservacion


@pytest.fixture
def conserva(db) -> Callable[..., ReglaDeConservacion]:
    """The shipped rule of a kind, with some of it changed; all others are there too."""

    def _conserva(clase: str, **cambios: object) -> ReglaDeConservacion:
        cargar()
        ReglaDeConservacion.objects.filter(clase=clase).update(**cambios)
        return ReglaDeConservacion.objects.get(clase=clase)

    return _conserva
