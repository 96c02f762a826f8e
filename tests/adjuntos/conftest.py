"""Cases with real files."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal import muestras
from portal.adjuntos.actions import adjuntar
from portal.adjuntos.models import Adjunto
from portal.adjuntos.revision import Revisado, revisar
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.models import Distribuidora, Perfil
from portal.documentos.models import Caso
from solicitudes.models import Solicitud
from tests.archivos import MIB
from tests.factories import SolicitudFactory

TODOS = ("jpg", "png", "doc", "docx", "pdf")


@pytest.fixture
def solicitud(rosa: Perfil, distribuidora: Distribuidora, comuna) -> Solicitud:
    """Rosa's, addressed to company 1."""
    return SolicitudFactory(solicitante=rosa, distribuidora=distribuidora, comuna=comuna)


@pytest.fixture
def revisado() -> Callable[..., Revisado]:
    """A file that passed, of this name and content."""

    def _revisado(nombre: str = "poder.pdf", datos: bytes | None = None) -> Revisado:
        archivo = SimpleUploadedFile(nombre, muestras.pdf(nombre) if datos is None else datos)
        return revisar(archivo, formatos=TODOS, maximo=5 * MIB)

    return _revisado


@pytest.fixture
def colgar(revisado) -> Callable[..., Adjunto]:
    """Hang a file on a case."""

    def _colgar(caso: Caso, nombre: str = "poder.pdf", *, tipo: str = "poder", datos: bytes | None = None) -> Adjunto:
        with sin_ambito():
            return adjuntar(caso, revisado(nombre, datos), tipo=tipo, por=caso.titular)

    return _colgar
