"""kill -9 in the middle of the work: a real worker, a real mail server, nothing lost."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as ajustes

from portal.avisos.models import Aviso

CUANTOS = 36
LIMITE = 60.0


class Contador:
    """Counts Message-IDs; wakes whoever waits. Each message takes it a moment, so that a kill finds work under way."""

    def __init__(self) -> None:
        self.vistos: Counter[str] = Counter()
        self.cambio = threading.Condition()

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        with self.cambio:
            self.vistos[message_from_bytes(envelope.content)["Message-ID"]] += 1
            self.cambio.notify_all()
        await asyncio.sleep(0.05)
        return "250 Aceptado"

    def esperar(self, cuantos: int) -> None:
        with self.cambio:
            assert self.cambio.wait_for(lambda: len(self.vistos) >= cuantos, LIMITE), dict(self.vistos)


@pytest.fixture
def servidor() -> Iterator[tuple[Contador, int]]:
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        puerto = libre.getsockname()[1]
    contador = Contador()
    controlador = Controller(contador, hostname="127.0.0.1", port=puerto)
    controlador.start()
    yield contador, puerto
    controlador.stop()


@contextmanager
def trabajador(entorno: dict[str, str]) -> Iterator[Callable[[], None]]:
    """A Celery worker with two children; yields what kills all three without a word."""
    orden = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "portal",
        "worker",
        "-c",
        "2",
        "-l",
        "ERROR",
        "--without-mingle",
        "--without-gossip",
    ]
    with Path(entorno["VAR_DIR"], "trabajador.log").open("ab") as registro:
        proceso = subprocess.Popen(
            orden, env=entorno, cwd=ajustes.BASE_DIR, stdout=registro, stderr=registro, start_new_session=True
        )

    def matar() -> None:
        os.killpg(proceso.pid, signal.SIGKILL)
        proceso.wait()

    try:
        yield matar
    finally:
        if proceso.poll() is None:
            matar()


def test_muere_en_plena_faena_y_no_se_pierde_nada(entorno, ejecutar, servidor):
    """X-02: worker killed with -9 in mid-work: every notice is sent, at most the ones in hand are sent twice."""
    contador, puerto = servidor
    for n in range(CUANTOS):
        Aviso(plantilla="prueba", para=f"persona{n}@correo.example", asunto="Hola", texto="Hola", html="Hola").save()
    variables = entorno(EMAIL_URL=f"smtp://127.0.0.1:{puerto}", CELERY_BROKER_URL="filesystem://")
    with trabajador(variables) as matar:
        contador.esperar(8)
        matar()
    antes = len(contador.vistos)
    assert 8 <= antes < CUANTOS, "el trabajador debía morir con trabajo por delante"
    en_mano = int(ejecutar(LAPSO, variables))
    assert en_mano <= 2
    with trabajador(variables):
        contador.esperar(CUANTOS)
        limite = time.monotonic() + LIMITE
        while (hechos := ejecutar(HECHOS, variables)) != str(CUANTOS):
            assert time.monotonic() < limite, f"{hechos} hechos de {CUANTOS}"
    assert len(contador.vistos) == CUANTOS
    assert sum(contador.vistos.values()) <= CUANTOS + en_mano


LAPSO = """
from datetime import timedelta
from portal import reloj
from portal.avisos.models import Aviso
# Time passes: the dead one's leases lapse, and the sweep's copies in its lost queue are forgotten.
pasado = reloj.ahora() - timedelta(minutes=10)
print(Aviso.todos().filter(estado="en_curso").update(arrendado_hasta=pasado))
Aviso.todos().abiertos().update(repartido=pasado)
"""
HECHOS = """
from portal.avisos.models import Aviso
print(Aviso.todos().filter(estado="hecho", intentos__gte=1).count())
"""
