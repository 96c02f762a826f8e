"""`make run` behind its Makefile: the port, the first and the second run, the end."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from portal.entorno import RAIZ

LIMPIO = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL")}

SIN_DATOS = "--sin-datos"


def libre() -> int:
    with socket.socket() as puerta:
        puerta.bind(("127.0.0.1", 0))
        return puerta.getsockname()[1]


class Portal:
    """A running portal and the lines that it has said."""

    def __init__(self, var: Path, puerto: int, *opciones: str) -> None:
        self.puerto = puerto
        self.lineas: list[str] = []
        self.proceso = subprocess.Popen(
            [sys.executable, "manage.py", "correr", *opciones],
            cwd=RAIZ,
            env={**LIMPIO, "VAR_DIR": str(var), "PORT": str(puerto)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lector = threading.Thread(target=self._leer, daemon=True)
        self._lector.start()

    def _leer(self) -> None:
        for linea in self.proceso.stdout:
            self.lineas.append(linea.rstrip())

    def esperar(self, patron: str, segundos: float = 120) -> str:
        limite = time.monotonic() + segundos
        while time.monotonic() < limite:
            for linea in list(self.lineas):
                if re.search(patron, linea):
                    return linea
            if self.proceso.poll() is not None and not self._lector.is_alive():
                break
            threading.Event().wait(0.1)
        raise AssertionError(f"No se dijo «{patron}»:\n" + "\n".join(self.lineas))

    def hijos(self) -> list[int]:
        """The processes that hang on the supervisor, at any depth."""
        padres = {}
        for estado in Path("/proc").glob("[0-9]*/stat"):
            try:
                campos = estado.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            padres.setdefault(int(campos[1]), []).append(int(estado.parent.name))
        todos, pendientes = [], [self.proceso.pid]
        while pendientes:
            nuevos = padres.get(pendientes.pop(), [])
            todos += nuevos
            pendientes += nuevos
        return todos

    def terminar(self, senal: int) -> int:
        self.proceso.send_signal(senal)
        return self.esperar_fin()

    def esperar_fin(self) -> int:
        """Its exit code, after its last line was read."""
        codigo = self.proceso.wait(60)
        self._lector.join(10)
        self.proceso.stdout.close()
        return codigo


@contextmanager
def corriendo(var: Path, *opciones: str, segundos: float = 120) -> Iterator[Portal]:
    portal = Portal(var, libre(), *opciones)
    try:
        portal.esperar("está en http://localhost", segundos)
        yield portal
    finally:
        if portal.proceso.poll() is None:
            portal.terminar(signal.SIGTERM)


def vivos(procesos: list[int]) -> list[int]:
    return [p for p in procesos if Path(f"/proc/{p}").exists()]


def test_runs_ends_without_orphans_and_keeps_the_data(tmp_path):
    """X-07: says its address, answers there, a signal ends every process; the second run finds what was written."""
    region = "from portal.territorio.models import Region; Region.objects."

    def consola(codigo: str) -> str:
        orden = [sys.executable, "manage.py", "shell", "-v0", "-c", codigo]
        entorno = {**LIMPIO, "VAR_DIR": str(tmp_path)}
        return subprocess.run(orden, cwd=RAIZ, env=entorno, capture_output=True, text=True).stdout.strip()

    for senal in (signal.SIGINT, signal.SIGTERM):
        with corriendo(tmp_path, SIN_DATOS) as portal:
            with urllib.request.urlopen(f"http://localhost:{portal.puerto}/salud/listo") as respuesta:
                assert respuesta.status == 200
            hijos = portal.hijos()
            assert len(hijos) >= 3
            assert portal.terminar(senal) == 0
            assert vivos(hijos) == []
            assert portal.lineas[-1] == f"Cerrado. Los datos quedan en {tmp_path}"
        if senal == signal.SIGINT:
            consola(region + "create(codigo='ZZ', nombre='Zeta', romano='Z', orden=99)")
    assert consola(region.replace("Region.objects", "print(Region.objects") + "get(codigo='ZZ').nombre)") == "Zeta"


def test_the_first_run_brings_the_whole_demonstration(tmp_path):
    """A-01, S-01, G-01, I-01, Q-01: cases of every domain, made by the actions, and the accounts that see them."""
    with corriendo(tmp_path, segundos=400) as portal:
        portal.esperar(r"Solicitante +\d[\d.]+-[\dk] ")
        dicho = "\n".join(portal.lineas)
        with closing(sqlite3.connect(tmp_path / "ventanilla.sqlite3")) as base:
            tablas = ("cuentas_perfil", "solicitudes_solicitud", "gestiones_gestion", "inoperatividad_registro")
            tablas += ("reclamos_reclamo", "seccion_asunto")
            filas = {tabla: base.execute(f"SELECT count(*) FROM {tabla}").fetchone()[0] for tabla in tablas}  # noqa: S608
    assert min(filas.values()) >= 10, filas
    assert "Traceback" not in dicho
    assert not re.search(r"\[info +\].*\[(weasyprint|fontTools)", dicho)


def test_one_that_dies_ends_all_and_a_half_first_load_starts_again(tmp_path):
    """X-07: the scheduler killed outright, the message names it; what an interrupted first run left is thrown away."""
    with closing(sqlite3.connect(tmp_path / "ventanilla.sqlite3")) as base:
        base.execute("CREATE TABLE a_medias (x)")
    (tmp_path / "preparando").touch()
    with corriendo(tmp_path, SIN_DATOS) as portal:
        with closing(sqlite3.connect(tmp_path / "ventanilla.sqlite3")) as base:
            tablas = {nombre for (nombre,) in base.execute("SELECT name FROM sqlite_master")}
        assert ("a_medias" in tablas, "cuentas_usuario" in tablas) == (False, True)
        assert not (tmp_path / "preparando").exists()
        hijos = portal.hijos()
        agenda = next(p for p in hijos if b"beat" in Path(f"/proc/{p}/cmdline").read_bytes())
        os.kill(agenda, signal.SIGKILL)
        assert portal.esperar_fin() == 1
        portal.esperar("«agenda» terminó por su cuenta")
        assert vivos(hijos) == []


def test_a_taken_port_is_said_before_anything_is_made(tmp_path):
    """X-07: no database is made for a portal that could not be reached."""
    with socket.socket() as otro:
        otro.bind(("127.0.0.1", 0))
        otro.listen()
        puerto = otro.getsockname()[1]
        portal = Portal(tmp_path, puerto, SIN_DATOS)
        assert portal.esperar_fin() == 1
        portal.esperar(f"El puerto {puerto} está ocupado por otro programa")
        assert not (tmp_path / "ventanilla.sqlite3").exists()


def test_production_does_not_run_the_demonstration(tmp_path):
    """X-10: its data are not for a real installation."""
    from tests.portal.test_entorno import PRODUCCION

    hecho = subprocess.run(
        [sys.executable, "manage.py", "correr"],
        cwd=RAIZ,
        env={**LIMPIO, **PRODUCCION, "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert hecho.returncode == 1
    assert "«correr» carga datos de demostración" in hecho.stderr


@pytest.mark.parametrize("puerto", ["abc", "0", "70000", "8000; touch x", "-1"])
def test_make_refuses_what_is_no_port(puerto):
    """X-07: before the environment is made."""
    hecho = subprocess.run(["make", "run", f"PORT={puerto}"], cwd=RAIZ, capture_output=True, text=True)
    assert hecho.returncode == 2
    assert "no es un puerto" in hecho.stderr
