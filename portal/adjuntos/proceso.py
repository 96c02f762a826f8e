"""Asks the judges of files, each in a process of its own: what breaks one takes nothing of the portal with it."""

import atexit
import contextlib
import json
import os
import queue
import select
import subprocess
import sys
import threading
import time
from pathlib import Path

from portal.adjuntos.perito.veredicto import EXCESIVO, Rechazo, Veredicto

SEGUNDOS = 15.0  # of the wall clock: the judge itself counts its processor time
_CARPETA = str(Path(__file__).resolve().parent)
_ORDEN = f"import runpy, sys; sys.path.append({_CARPETA!r}); runpy.run_module('perito.servir', run_name='__main__')"


class _Sordo(Exception):
    """The judge ended without hearing the question: it had retired."""


class _Perito:
    """One judge at work."""

    def __init__(self) -> None:
        self.retirado = False
        self.proceso = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-c", _ORDEN],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8"},  # none of the portal's secrets
            cwd="/",
            bufsize=0,
        )

    def vive(self) -> bool:
        return not self.retirado and self.proceso.poll() is None

    def terminar(self) -> None:
        self.proceso.kill()
        for tubo in (self.proceso.stdin, self.proceso.stdout):
            if tubo:
                with contextlib.suppress(OSError):
                    tubo.close()
        self.proceso.wait()

    def preguntar(self, datos: bytes, formatos: tuple[str, ...]) -> Veredicto:
        """Its verdict; EXCESIVO when it does not come in time or the judge dies of it."""
        cabecera, resto = self._leer_hasta(b"\n", datos, formatos)
        respuesta = json.loads(cabecera)
        self.retirado = respuesta["retiro"]
        if "rechazo" in respuesta:
            raise Rechazo(*respuesta["rechazo"])
        if respuesta["largo"] < 0:
            return Veredicto(respuesta["formato"])
        while len(resto) < respuesta["largo"]:
            resto += self._leer()
        return Veredicto(respuesta["formato"], bytes(resto))

    def _leer_hasta(self, marca: bytes, datos: bytes, formatos: tuple[str, ...]) -> tuple[bytes, bytearray]:
        self._plazo = time.monotonic() + SEGUNDOS
        pregunta = json.dumps({"largo": len(datos), "formatos": formatos}).encode() + b"\n"
        try:
            self._escribir(pregunta)
            self._escribir(datos)
        except OSError:
            raise _Sordo from None
        leido = bytearray()
        while marca not in leido:
            leido += self._leer()
        corte = leido.index(marca)
        return bytes(leido[:corte]), leido[corte + 1 :]

    def _escribir(self, datos: bytes) -> None:
        assert self.proceso.stdin is not None  # noqa: S101
        vista = memoryview(datos)
        while vista:
            vista = vista[self.proceso.stdin.write(vista) :]

    def _leer(self) -> bytes:
        assert self.proceso.stdout is not None  # noqa: S101
        descriptor = self.proceso.stdout.fileno()
        espera = select.poll()
        espera.register(descriptor, select.POLLIN)
        listo = espera.poll(max(0.0, self._plazo - time.monotonic()) * 1000)
        trozo = os.read(descriptor, 1024 * 1024) if listo else b""
        if not trozo:
            raise EXCESIVO
        return trozo


class _Mesa:
    """The judges of this process of the portal: as many as processors, started when needed, used again."""

    def __init__(self) -> None:
        self.libres: queue.LifoQueue[_Perito] = queue.LifoQueue()
        self.turnos = threading.BoundedSemaphore(os.cpu_count() or 2)

    def juzgar(self, datos: bytes, formatos: tuple[str, ...]) -> Veredicto:
        with self.turnos:
            try:
                return self._con_uno(datos, formatos)
            except _Sordo:
                return self._con_uno(datos, formatos)

    def cerrar(self) -> None:
        """End the judges that wait."""
        with contextlib.suppress(queue.Empty):
            while True:
                self.libres.get_nowait().terminar()

    def _con_uno(self, datos: bytes, formatos: tuple[str, ...]) -> Veredicto:
        perito = self._tomar()
        try:
            veredicto = perito.preguntar(datos, formatos)
        except Rechazo as rechazo:
            if rechazo is EXCESIVO:
                perito.terminar()
            else:
                self._devolver(perito)
            raise
        except BaseException:
            perito.terminar()
            raise
        self._devolver(perito)
        return veredicto

    def _tomar(self) -> _Perito:
        while True:
            try:
                perito = self.libres.get_nowait()
            except queue.Empty:
                return _Perito()
            if perito.vive():
                return perito
            perito.terminar()

    def _devolver(self, perito: _Perito) -> None:
        if perito.vive():
            self.libres.put(perito)
        else:
            perito.terminar()


_mesa = _Mesa()


def _tras_bifurcar() -> None:
    """A forked child shares no judge with its parent: two questions in one pipe would be mixed."""
    global _mesa
    _mesa = _Mesa()


os.register_at_fork(after_in_child=_tras_bifurcar)
atexit.register(lambda: _mesa.cerrar())


def juzgar(datos: bytes, formatos: tuple[str, ...]) -> Veredicto:
    """What `datos` is, by its content; Rechazo when it is none of `formatos`, harmful or broken."""
    return _mesa.juzgar(datos, formatos)
