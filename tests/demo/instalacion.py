"""A portal of its own: database, web server, worker, scheduler and mail server, thrown away at the end."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller

RAIZ = Path(__file__).resolve().parents[2]
SERVIDORES = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "EMAIL_URL", "ADJUNTOS_S3", "CLAMAV")
CUENTAS = """
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.demo import sembrar_cuentas
from portal.management.commands.datos_demo import de_las_apps
with sin_ambito():
    perfiles = sembrar_cuentas()
    for demo in de_las_apps():
        demo.preparar(perfiles)
"""


class Falla(Exception):
    """A step that did not go as told."""


def esperar(que: str, condicion: Callable[[], Any], segundos: float = 30) -> Any:
    """What `condicion` gives as soon as it gives something; Falla when the time is over."""
    limite = time.monotonic() + segundos
    while not (hallado := condicion()):
        if time.monotonic() > limite:
            raise Falla(f"Se esperaba {que} en {segundos:.0f} s y no llegó.")
        threading.Event().wait(0.1)
    return hallado


def puerto_libre() -> int:
    with socket.socket() as puerta:
        puerta.bind(("127.0.0.1", 0))
        return puerta.getsockname()[1]


class Correo:
    """A mail server that keeps what it gets as files, numbered in the order of their arrival."""

    def __init__(self, carpeta: Path) -> None:
        self.carpeta = carpeta
        carpeta.mkdir(parents=True)
        self.recibidos: list[EmailMessage] = []
        self.vistos: set[int] = set()
        self.puerto = puerto_libre()
        self._servidor = Controller(self, hostname="127.0.0.1", port=self.puerto)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        correo = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(correo, EmailMessage)
        numero, para = len(self.recibidos) + 1, envelope.rcpt_tos[0].split("@")[0]
        (self.carpeta / f"{numero:02}-{para}.eml").write_bytes(envelope.content)
        self.recibidos.append(correo)
        return "250 OK"

    def empezar(self) -> None:
        self._servidor.start()

    def terminar(self) -> None:
        self._servidor.stop()

    def para(self, direccion: str, asunto: str) -> EmailMessage:
        """The next unread mail to `direccion` whose subject holds `asunto`, when it arrives."""

        def _buscar() -> list[int]:
            return [
                n
                for n, correo in enumerate(self.recibidos)
                if n not in self.vistos and direccion in str(correo["To"]) and asunto in str(correo["Subject"])
            ]

        try:
            numero = esperar("un correo", _buscar, 60)[0]
        except Falla:
            llegaron = [f"{c['To']}: {c['Subject']}" for c in self.recibidos]
            raise Falla(f"Se esperaba un correo para {direccion} con «{asunto}»; llegaron: {llegaron}") from None
        self.vistos.add(numero)
        return self.recibidos[numero]


class Instalacion:
    """The portal in `carpeta`, at `direccion` while the block lasts; `con_casos`: with a year of cases."""

    def __init__(self, carpeta: Path, *, correos: Path, con_casos: bool = False) -> None:
        self.carpeta, self.con_casos = carpeta, con_casos
        self.correo = Correo(correos)
        self.puerto = puerto_libre()
        self.direccion = f"http://localhost:{self.puerto}"
        limpio = {k: v for k, v in os.environ.items() if k not in SERVIDORES and k != "DJANGO_SETTINGS_MODULE"}
        propio = {
            "ENTORNO": "desarrollo",
            "VAR_DIR": str(carpeta),
            "PORT": str(self.puerto),
            "DIRECCION_PUBLICA": self.direccion,
            "NIVEL_DE_REGISTRO": "WARNING",
        }
        self.entorno = {**limpio, **propio}
        self._portal: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Instalacion":
        shutil.rmtree(self.carpeta, ignore_errors=True)
        self.carpeta.mkdir(parents=True)
        self._manage("migrate", "-v0")
        self._manage("createcachetable")
        self._manage("cargar_datos", "--demostracion")
        # The year of cases has mails of its own, which are no part of the story: they stay in files.
        self._manage("datos_demo") if self.con_casos else self._manage("shell", "-v0", "-c", CUENTAS)
        self.correo.empezar()
        try:
            self._empezar()
        except BaseException:
            self._terminar()
            raise
        return self

    def _empezar(self) -> None:
        with (self.carpeta / "registro.txt").open("wb") as registro:
            self._portal = subprocess.Popen(
                [sys.executable, "manage.py", "correr"],
                cwd=RAIZ,
                env={**self.entorno, "EMAIL_URL": f"smtp://127.0.0.1:{self.correo.puerto}"},
                stdin=subprocess.DEVNULL,
                stdout=registro,
                stderr=subprocess.STDOUT,
            )
        esperar("que el portal respondiera", self._responde, 90)

    def _responde(self) -> bool:
        if self._portal is not None and self._portal.poll() is not None:
            raise Falla("El portal no empezó:\n" + self.registro())
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.puerto}/salud/vivo", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def registro(self) -> str:
        """What its processes said, the end of it."""
        archivo = self.carpeta / "registro.txt"
        return archivo.read_text(errors="replace")[-4000:] if archivo.exists() else ""

    def _manage(self, *orden: str) -> None:
        hecho = subprocess.run(
            [sys.executable, "manage.py", *orden], cwd=RAIZ, env=self.entorno, capture_output=True, text=True
        )
        if hecho.returncode:
            raise Falla(f"manage.py {orden[0]} falló:\n{hecho.stdout}{hecho.stderr}")

    def __exit__(self, tipo: type | None, error: BaseException | None, traza: TracebackType | None) -> None:
        self._terminar()

    def _terminar(self) -> None:
        if self._portal is not None and self._portal.poll() is None:
            self._portal.terminate()
            self._portal.wait(60)
        self.correo.terminar()
