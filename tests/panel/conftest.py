"""Requests filed through the real action, on a day that the test chooses."""

from collections.abc import Callable

import pytest

from portal.cuentas.ambito import como, sin_ambito
from portal.cuentas.models import Distribuidora, Perfil
from solicitudes import actions
from solicitudes.formularios import Formulario
from solicitudes.models import Solicitud
from tests.factories import AdjuntoFactory, BorradorFactory
from tests.solicitudes.conftest import en_estado, guardado, medios, subido

__all__ = ["en_estado", "guardado", "medios", "subido"]


@pytest.fixture
def enviar(rosa: Perfil, distribuidora: Distribuidora, comuna) -> Callable[..., Solicitud]:
    """Rosa files; what she files to, unless it is said, is company 1."""

    def _enviar(formulario: Formulario = Formulario.SI, empresa: Distribuidora | None = None) -> Solicitud:
        with sin_ambito():
            borrador = BorradorFactory(formulario=formulario, solicitante=rosa)
            for tipo in ("formulario", "cedula", "dominio", "instalador", "te4", "contrato"):
                AdjuntoFactory(caso=borrador.caso, tipo=tipo)
        with como(rosa):
            return actions.enviar(
                borrador, por=rosa, distribuidora=empresa or distribuidora, comuna=comuna, numero_cliente="5000000-7"
            )

    return _enviar


@pytest.fixture
def responder(guardado) -> Callable[..., Solicitud]:
    """A person of the company answers."""

    def _responder(solicitud: Solicitud, por: Perfil) -> Solicitud:
        with como(por):
            return actions.responder(solicitud, por=por, respuesta=guardado(por))

    return _responder
