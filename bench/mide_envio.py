"""Filing with four files of 4 MB over HTTP, checked, hashed and kept, from request to folio.

Floor: the same bytes through a socket into one file. Peer: Django on gunicorn (sync) keeps them without any check.
"""

import os
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from bench.medida import Cifra, mediana_ms, medida
from bench.servidor import LIMITE, Navegador, Solicitante, gunicorn, instalacion, multiparte
from portal import muestras

MB_4 = 4_000_000


@medida("envio")
def envio() -> Iterator[Cifra]:
    """A Solicitud de Conexión with its documents, and its peers."""
    with instalacion() as entorno, tempfile.TemporaryDirectory() as carpeta:
        archivos = [muestras.pdf(f"Documento {n}", tamano=MB_4) for n in range(4)]
        with gunicorn("portal.wsgi", entorno, "-c", "python:portal.gunicorn") as puerto:
            valor = mediana_ms(_que_envia(puerto, archivos), veces=8, calentar=2)
        with gunicorn("bench.par_envio", {**os.environ, "PAR_DIR": carpeta}, "-k", "sync") as puerto:
            par = mediana_ms(_que_deja(puerto, archivos), veces=8, calentar=2)
        piso = mediana_ms(lambda: _a_un_archivo(b"".join(archivos), Path(carpeta, "piso")), veces=8, calentar=2)
    yield Cifra("envío de 4 × 4 MB", 4, valor, "ms", floor=piso, peer=par)


def _que_envia(puerto: int, archivos: list[bytes]):
    from portal.cuentas.demo import CLAVE, CUENTAS

    persona = Solicitante(puerto, CUENTAS[0].rut, CLAVE)
    cuerpo = persona.formulario(archivos)

    def enviar() -> None:
        estado, texto = persona.enviar(cuerpo)
        if estado != 302:
            raise RuntimeError(f"no se envió: {estado} {texto[:300]}")

    return enviar


def _que_deja(puerto: int, archivos: list[bytes]):
    navegador = Navegador(puerto)
    cuerpo = multiparte({}, [(f"archivo-{n}", archivo) for n, archivo in enumerate(archivos)])

    def dejar() -> None:
        navegador.conexion.close()  # a sync worker keeps none
        if navegador.pedir("POST", "/", cuerpo, f"multipart/form-data; boundary={LIMITE}")[0] != 200:
            raise RuntimeError("el par no recibió los archivos")

    return dejar


def _a_un_archivo(datos: bytes, destino: Path) -> None:
    """All bytes through a socket of this machine into a file on disk."""
    with socket.create_server(("127.0.0.1", 0)) as oyente:

        def recibir() -> None:
            conexion, _ = oyente.accept()
            with conexion, destino.open("wb") as archivo:
                while trozo := conexion.recv(256 * 1024):
                    archivo.write(trozo)
                archivo.flush()
                os.fsync(archivo.fileno())

        hilo = threading.Thread(target=recibir)
        hilo.start()
        with socket.create_connection(oyente.getsockname()) as cliente:
            cliente.sendall(datos)
        hilo.join()
