"""A door before a server of this machine: it lets pass, refuses, or falls silent, as the test says."""

import contextlib
import select
import socket
import threading

from servidores import puerto_libre


class Puerta:
    """`modo` is «pasar», «negar» (the connection is refused) or «callar» (it is taken and never answered)."""

    def __init__(self, destino: int) -> None:
        self.destino, self.puerto, self.modo = destino, puerto_libre(), "pasar"
        self._oyente: socket.socket | None = None
        self._fin = threading.Event()
        self._hilos: list[threading.Thread] = []

    def empezar(self) -> None:
        self._abrir()
        self._lanzar(self._atender)

    def terminar(self) -> None:
        self._fin.set()
        self._cerrar()
        for hilo in self._hilos:
            hilo.join(2)

    def poner(self, modo: str) -> None:
        """Change; connections that were open feel it too."""
        self.modo = modo
        self._cerrar() if modo == "negar" else self._abrir()

    def _lanzar(self, hacer, *valores) -> None:
        hilo = threading.Thread(target=hacer, args=valores, daemon=True)
        self._hilos.append(hilo)
        hilo.start()

    def _abrir(self) -> None:
        if self._oyente is None:
            oyente = socket.socket()
            oyente.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            oyente.bind(("127.0.0.1", self.puerto))
            oyente.listen(128)
            self._oyente = oyente

    def _cerrar(self) -> None:
        oyente, self._oyente = self._oyente, None
        if oyente is not None:
            with contextlib.suppress(OSError):
                oyente.shutdown(socket.SHUT_RDWR)
            oyente.close()

    def _atender(self) -> None:
        while not self._fin.is_set():
            oyente = self._oyente
            if oyente is None:
                self._fin.wait(0.05)
                continue
            try:
                if select.select([oyente], [], [], 0.1)[0]:
                    self._lanzar(self._unir, oyente.accept()[0])
            except (OSError, ValueError):  # closed meanwhile
                continue

    def _unir(self, cliente: socket.socket) -> None:
        """Carry bytes both ways while the door lets pass."""
        with cliente, contextlib.suppress(OSError):
            servidor: socket.socket | None = None
            while not self._fin.is_set() and self.modo != "negar":
                if self.modo == "callar":
                    self._fin.wait(0.05)
                    continue
                servidor = servidor or socket.create_connection(("127.0.0.1", self.destino), 2)
                for listo in select.select([cliente, servidor], [], [], 0.05)[0]:
                    datos = listo.recv(65536)
                    if not datos:
                        return
                    (servidor if listo is cliente else cliente).sendall(datos)
