"""ClamAV, when the installation has one: clamd's INSTREAM over a socket."""

import socket
import struct

from django.conf import settings

SEGUNDOS = 10.0
_TROZO = 256 * 1024


class SinAntivirus(Exception):
    """It did not answer, or not with a verdict."""


def infectado(datos: bytes) -> bool:
    """Whether the antivirus of the setting CLAMAV (host, port) knows `datos` as harmful; False without one."""
    if not settings.CLAMAV:
        return False
    try:
        with socket.create_connection(settings.CLAMAV, timeout=SEGUNDOS) as conexion:
            conexion.sendall(b"zINSTREAM\0")
            for inicio in range(0, len(datos), _TROZO):
                trozo = datos[inicio : inicio + _TROZO]
                conexion.sendall(struct.pack(">I", len(trozo)) + trozo)
            conexion.sendall(struct.pack(">I", 0))
            respuesta = b""
            while not respuesta.endswith(b"\0"):
                leido = conexion.recv(4096)
                if not leido:
                    break
                respuesta += leido
    except OSError as error:
        raise SinAntivirus from error
    veredicto = respuesta.rstrip(b"\0\n")
    if veredicto.endswith(b" FOUND"):
        return True
    if not veredicto.endswith(b" OK"):
        raise SinAntivirus(veredicto.decode(errors="replace"))
    return False
