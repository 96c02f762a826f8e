"""The cast by the matrix's columns, and real objects for every address."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.cuentas.models import Perfil
from tests.seguridad.casos import Mundo
from tests.seguridad.direcciones import juntar
from tests.solicitudes.conftest import en_estado, medios

__all__ = ["en_estado", "medios"]


@pytest.fixture(autouse=True)
def _barato(settings, tmp_path) -> None:
    """A captcha that costs nothing, mail and spreadsheets in the test's own folder."""
    settings.COSTO_CAPTCHA = 1
    settings.VAR_DIR = tmp_path


class Elenco(dict[str, Perfil | None]):
    """People by column; those whom an app's part of the matrix adds are there when they are asked for."""

    def __init__(self, conocidos: dict[str, Perfil | None], dar: Callable[[str], Perfil]) -> None:
        super().__init__(conocidos)
        self.dar = dar

    def __missing__(self, columna: str) -> Perfil:
        self[columna] = perfil = self.dar(juntar("ACTORES")[columna])
        return perfil


@pytest.fixture
def mundo(
    request,
    rosa,
    pedro,
    marcos,
    valentina,
    admin_dx,
    otra_dx,
    auditora,
    jefa_sec,
    agente,
    medios,
    region,
    comuna,
    en_estado,
) -> Mundo:
    """Everybody, company 1 with its ways to pay, and Rosa's things on demand."""
    actores: dict[str, Perfil | None] = {
        "anonimo": None,
        "solicitante": rosa,
        "otro_solicitante": pedro,
        "tramitador": marcos,
        "validador": valentina,
        "administrador_dx": admin_dx,
        "otra_dx": otra_dx,
        "auditor": auditora,
        "administrador_sec": jefa_sec,
        "agente": agente,
    }
    return Mundo(Elenco(actores, request.getfixturevalue), en_estado, request.getfixturevalue)


@pytest.fixture
def navegador_de(entrar, mundo) -> Callable[..., Client]:
    """A browser in which that actor is signed in; nobody in it for «anonimo»."""

    def _navegador(actor: str, **opciones) -> Client:
        perfil = mundo.actores[actor]
        return entrar(perfil, **opciones) if perfil else Client(**opciones)

    return _navegador
