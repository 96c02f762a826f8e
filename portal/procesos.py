"""Several processes run as one: readable prefixed lines, and when one ends all end."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import IO

PACIENCIA = 15.0  # seconds that processes get to finish what they are doing
AVISOS_CALLADOS = "ignore:You're running the worker with superuser privileges"  # said by Celery; `make run` may be root
_PR_SET_PDEATHSIG = 1


class Supervisor:
    """Starts processes, passes their lines on, and ends them together, on a signal or when one of them ends."""

    def __init__(self) -> None:
        """Takes over SIGINT, SIGTERM and SIGHUP."""
        self._procesos: dict[str, subprocess.Popen[str]] = {}
        self._lectores: list[threading.Thread] = []
        self._fin = threading.Event()
        self._senal: int | None = None
        for senal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(senal, self._al_recibir)

    def _al_recibir(self, senal: int, marco: FrameType | None) -> None:
        self._senal = senal
        self._fin.set()

    @property
    def terminando(self) -> bool:
        """Whether somebody asked for the end, or a process ended by itself."""
        return self._fin.is_set() or self.caido() is not None

    def empezar(self, nombre: str, orden: list[str], *, heredar: tuple[int, ...] = ()) -> None:
        """Start `orden`; it keeps the file descriptors `heredar` open."""
        proceso = subprocess.Popen(  # noqa: S603 - our own commands, no shell
            orden,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            bufsize=1,
            pass_fds=heredar,
            # Its own session: Ctrl-C reaches the supervisor alone, which ends the others in order.
            start_new_session=True,
            preexec_fn=morir_con_el_padre,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": AVISOS_CALLADOS},
        )
        self._procesos[nombre] = proceso
        lector = threading.Thread(target=_pasar_lineas, args=(nombre, proceso.stdout), daemon=True)
        lector.start()
        self._lectores.append(lector)

    def caido(self) -> tuple[str, int] | None:
        """The first process that ended by itself, with its exit code."""
        return next(((n, p.returncode) for n, p in self._procesos.items() if p.poll() is not None), None)

    def esperar_a(self, condicion: Callable[[], bool], segundos: float) -> bool:
        """Whether `condicion` became true before the time was over or the end came."""
        for _ in range(int(segundos / 0.2)):
            if self.terminando:
                return False
            if condicion():
                return True
            self._fin.wait(0.2)
        return False

    def vigilar(self) -> None:
        """Return when a signal came or a process ended."""
        while not self.terminando:
            self._fin.wait(0.5)

    def terminar(self) -> None:
        """End all, gently and then not; nothing of theirs is left running."""
        for proceso in self._procesos.values():
            if proceso.poll() is None:
                proceso.terminate()
        for proceso in self._procesos.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                proceso.wait(PACIENCIA)
            _matar_grupo(proceso.pid)
            proceso.wait()
        for lector in self._lectores:
            lector.join(1)


def morir_con_el_padre() -> None:
    """Linux: when the supervisor is killed outright, its processes are told to end."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _matar_grupo(grupo: int) -> None:
    """Kill what is left of a process's group: a child that did not go with its parent."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(grupo, signal.SIGKILL)


def _pasar_lineas(nombre: str, salida: IO[str]) -> None:
    for linea in salida:
        decir(f"{nombre:<7}| {linea.rstrip()}")


def decir(linea: str) -> None:
    """A whole line at once, to whoever still reads."""
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.write(linea + "\n")
        sys.stdout.flush()
