"""What the tests of requests share: files that pass, ways to pay, a request of Rosa's to company 1."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pagos.models import Cobro, Medio, MedioDePago
from portal import muestras
from portal.adjuntos.actions import guardar
from portal.adjuntos.models import Guardado
from portal.adjuntos.revision import revisar
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.models import Distribuidora, Perfil
from portal.historial.models import registrar
from solicitudes.models import Estado, Solicitud
from tests.factories import AdjuntoFactory, SolicitudFactory
from tests.solicitudes.puerta import Puerta


@pytest.fixture
def subido() -> Callable[..., SimpleUploadedFile]:
    """A good file as a browser sends it."""

    def _subido(nombre: str = "documento.pdf", **opciones) -> SimpleUploadedFile:
        return SimpleUploadedFile(nombre, muestras.pdf(nombre, **opciones))

    return _subido


@pytest.fixture
def guardado(subido) -> Callable[..., Guardado]:
    """A file that passed and waits for its form."""

    def _guardado(por: Perfil, nombre: str = "documento.pdf") -> Guardado:
        return guardar(revisar(subido(nombre), formatos=("pdf",), maximo=1024 * 1024), por=por)

    return _guardado


@pytest.fixture
def medios(distribuidora: Distribuidora) -> list[MedioDePago]:
    """Company 1 takes the three ways to pay."""
    cuenta = {"titular": "Yungay Norte S.A.", "rut": "76.100.000-1", "banco": "Banco del Sur", "numero_cuenta": "001-4"}
    return [
        MedioDePago.objects.create(distribuidora=distribuidora, medio=m, **(cuenta if m == Medio.TRANSFERENCIA else {}))
        for m in Medio
    ]


@pytest.fixture
def en_estado(rosa: Perfil, distribuidora: Distribuidora) -> Callable[..., Solicitud]:
    """A request of Rosa's to company 1, in any state, coherent with it."""

    def _en_estado(estado: Estado = Estado.PENDIENTE_RESPUESTA, **campos) -> Solicitud:
        with sin_ambito():
            solicitud = SolicitudFactory(estado=estado, solicitante=rosa, distribuidora=distribuidora, **campos)
            if solicitud.respuesta_retenida:
                evento = registrar(solicitud.caso, "respuesta_retenida", por=None, comentario="Vale seis meses.")
                AdjuntoFactory(caso=solicitud.caso, tipo="respuesta", nombre="respuesta.pdf", evento=evento)
            cobro = solicitud.caso.cobros.first()
            if estado == Estado.PENDIENTE_VALIDACION and cobro:
                _comprobante(cobro, rosa)
            return solicitud

    return _en_estado


@pytest.fixture
def puerta(entrar, en_estado, todo) -> Callable[..., Puerta]:
    """The pages of a request of Rosa's, in any state; its mails go to Jorge too."""

    def _puerta(estado: Estado = Estado.PENDIENTE_RESPUESTA, **campos) -> Puerta:
        return Puerta(entrar, en_estado(estado, correo_adicional="jorge@correo.example", **campos))

    return _puerta


@pytest.fixture
def a_rosa_y_jorge(rosa: Perfil) -> Callable[[str, str], list[tuple[str, str, str]]]:
    """The notice with this template and subject, to both addresses."""

    def _a_ambos(plantilla: str, asunto: str) -> list[tuple[str, str, str]]:
        return [(rosa.usuario.email, plantilla, asunto), ("jorge@correo.example", plantilla, asunto)]

    return _a_ambos


def _comprobante(cobro: Cobro, por: Perfil) -> None:
    cobro.comprobantes.create(
        medio=Medio.TRANSFERENCIA, adjunto=AdjuntoFactory(caso=cobro.caso, tipo="comprobante"), enviado_por=por
    )
