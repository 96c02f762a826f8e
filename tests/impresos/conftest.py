"""A document about Rosa's request, as company 1 issues it."""

from collections.abc import Callable

import pytest

from portal.documentos.models import Caso
from portal.impresos import actions
from portal.impresos.models import Impreso
from tests import factories


@pytest.fixture
def caso(rosa, distribuidora) -> Caso:
    return factories.SolicitudFactory(solicitante=rosa, distribuidora=distribuidora).caso


@pytest.fixture
def emitir(caso, marcos, todo) -> Callable[..., Impreso]:
    """Issue a document; its file is made only by `hacer_impreso`, or after a real commit."""

    def _emitir(**opciones) -> Impreso:
        datos = {
            "tipo": "prueba",
            "titulo": "Certificado de prueba",
            "plantilla": "impresos/_marco.html",
            "contexto": {"datos": [("Titular", "Rosa <b>Fuentes</b>"), ("Dirección", "Calle Ñandú 12")]},
            "por": marcos,
        }
        return actions.emitir(opciones.pop("caso", caso), **datos | opciones)

    return _emitir
