"""A mail server of the installation under test, with a temper that each test chooses."""

import asyncio
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from servidores import puerto_libre


class Correo:
    """`humor`: «bien», «451», «550», «callar» (takes the message and says nothing), «cortar» (hangs up instead)."""

    def __init__(self) -> None:
        self.puerto = puerto_libre()
        self.humor = "bien"
        self.recibidos: list[EmailMessage] = []
        self._servidor: Controller | None = None

    def empezar(self) -> None:
        self._servidor = Controller(self, hostname="127.0.0.1", port=self.puerto)
        self._servidor.start()

    def terminar(self) -> None:
        """Nobody listens any more."""
        servidor, self._servidor = self._servidor, None
        if servidor is not None:
            servidor.stop()

    def identificadores(self) -> list[str]:
        """The Message-ID of each message that was taken, in the order of arrival."""
        return [str(correo["Message-ID"]) for correo in self.recibidos]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.humor == "451":
            return "451 4.3.2 Vuelva más tarde"
        if self.humor == "550":
            return "550 5.1.1 No existe esa casilla"
        assert isinstance(envelope.content, bytes)
        self.recibidos.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        while self.humor == "callar":
            await asyncio.sleep(0.1)
        if self.humor == "cortar":
            assert server.transport is not None
            server.transport.abort()
        return "250 Aceptado"
