"""A real mail server on a real socket, with a temper that each test chooses."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from portal.avisos.models import Aviso
from portal.documentos.models import Caso
from tests import factories


class Servidor:
    """Takes mail; `responder` says what it answers to a recipient, `tras_datos` what happens once it has it all."""

    def __init__(self) -> None:
        self.recibidos: list[EmailMessage] = []
        self.destinatarios: list[str] = []
        self.responder: str | None = None
        self.tras_datos: str = "250 Aceptado"
        self.cortar = False
        self.callar = False

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.responder:
            return self.responder
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.recibidos.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        self.destinatarios.extend(envelope.rcpt_tos)
        if self.callar:
            await asyncio.Event().wait()
        if self.cortar:
            assert server.transport is not None
            server.transport.abort()
        return self.tras_datos


@pytest.fixture
def servidor(settings) -> Iterator[Servidor]:
    """A mail server that the portal is told to use."""
    manejador = Servidor()
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        puerto = libre.getsockname()[1]
    controlador = Controller(manejador, hostname="127.0.0.1", port=puerto)
    controlador.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 1
    settings.EMAIL_PORT = puerto
    yield manejador
    controlador.stop()


@pytest.fixture
def caso(rosa, distribuidora) -> Caso:
    return factories.CasoFactory(titular=rosa, distribuidora=distribuidora, numero="YN194")


@pytest.fixture
def aviso(rosa, caso) -> Callable[..., Aviso]:
    """Makes a notice about the case, waiting to be sent."""

    def _aviso(**campos) -> Aviso:
        campos = {
            "caso": caso,
            "perfil": rosa,
            "plantilla": "prueba",
            "para": "rosa.fuentes@correo.example",
            "asunto": "YN194: recibimos tu solicitud",
            "texto": "Hola, Rosa",
            "html": "<p>Hola, Rosa</p>",
        } | campos
        nuevo = Aviso(**campos)
        nuevo.save()
        return nuevo

    return _aviso


@pytest.fixture
def plantillas(settings, tmp_path) -> Callable[[str, str], None]:
    """Puts a template of a notice where the portal looks for them."""
    carpeta = tmp_path / "plantillas"
    (carpeta / "avisos").mkdir(parents=True)
    motor = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**motor, "DIRS": [carpeta, *motor["DIRS"]]}]

    def _escribir(nombre: str, texto: str) -> None:
        (carpeta / "avisos" / f"{nombre}.txt").write_text(texto)

    return _escribir
