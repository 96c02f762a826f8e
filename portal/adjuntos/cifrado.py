"""Files that at rest only the portal can read: AES-256-GCM in pieces, under a key of the environment.

What is stored is a header (`MARCA`, the name of the key, a salt) and pieces of `PIEZA` bytes, each with its tag. Every
file has a key of its own, derived from the key of the environment and the salt. A piece is bound to its place, to
whether it is the last one, to the header, and to the file's context: cut short, moved, or put in the place of another
file's, it does not open.
"""

import io
import os
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.files.base import File

MARCA = b"VTC1"
SAL, PIEZA, ETIQUETA = 32, 64 * 1024, 16
EN_MEMORIA = 16 * 1024 * 1024


class NoSeAbre(Exception):
    """What is stored is not what was stored, or its key is not among ours; the text says which."""


def primera() -> str:
    """The name of the key under which files are stored from now on."""
    return next(iter(settings.CIFRADO_LLAVES))


def cifrar(origen: IO[bytes], contexto: str) -> File:
    """What is to be stored of `origen`, read to its end, under the first key; open at its start."""
    destino = SpooledTemporaryFile(max_size=EN_MEMORIA)  # noqa: SIM115 - whoever takes it closes it
    cabecera = MARCA + bytes([len(primera())]) + primera().encode() + os.urandom(SAL)
    cifra = _Cifra(cabecera, contexto)
    destino.write(cabecera)
    for pieza, ultima in _piezas(origen, PIEZA):
        destino.write(cifra.cerrar(pieza, ultima))
    destino.seek(0)
    return File(destino)


def descifrar(guardado: IO[bytes], contexto: str) -> File:
    """The plain bytes of what is stored, to be read once from start to end. NoSeAbre, here or at a later piece."""
    return File(io.BufferedReader(_Lector(guardado, contexto), PIEZA))


class _Cifra:
    """The cipher of one file, piece after piece."""

    def __init__(self, cabecera: bytes, contexto: str) -> None:
        nombre, sal = cabecera[len(MARCA) + 1 : -SAL].decode("ascii", "replace"), cabecera[-SAL:]
        if nombre not in settings.CIFRADO_LLAVES:
            raise NoSeAbre(f"La llave «{nombre}» no está en CIFRADO_LLAVES.")
        propia = HKDF(SHA256(), 32, sal, b"ventanilla: adjunto").derive(settings.CIFRADO_LLAVES[nombre])
        self._aes, self._atado, self._n = AESGCM(propia), cabecera + contexto.encode(), 0

    def cerrar(self, pieza: bytes, ultima: bool) -> bytes:
        return self._aes.encrypt(self._lugar(ultima), pieza, self._atado)

    def abrir(self, pieza: bytes, ultima: bool) -> bytes:
        try:
            return self._aes.decrypt(self._lugar(ultima), pieza, self._atado)
        except InvalidTag:
            raise NoSeAbre("Lo guardado está alterado, o la llave de ese nombre es otra.") from None

    def _lugar(self, ultima: bool) -> bytes:
        """The nonce: which piece it is, and whether it is the last."""
        self._n += 1
        return self._n.to_bytes(11, "big") + bytes([ultima])


class _Lector(io.RawIOBase):
    """The plain bytes, of pieces that were authenticated before any of them is handed on."""

    def __init__(self, guardado: IO[bytes], contexto: str) -> None:
        self._guardado = guardado
        try:
            cifra = _Cifra(self._cabecera(), contexto)
            piezas = _piezas(guardado, PIEZA + ETIQUETA)
            self._claras = (cifra.abrir(pieza, ultima) for pieza, ultima in piezas)
            self._lista = memoryview(next(self._claras))  # a wrong key is known before anything was sent
        except BaseException:
            guardado.close()
            raise

    def _cabecera(self) -> bytes:
        comienzo = self._guardado.read(len(MARCA) + 1)
        resto = self._guardado.read(comienzo[-1] + SAL) if comienzo[: len(MARCA)] == MARCA else b""
        if len(comienzo) <= len(MARCA) or len(resto) != comienzo[-1] + SAL:
            raise NoSeAbre("Lo guardado no está cifrado, o está cortado.")
        return comienzo + resto

    def readable(self) -> bool:
        return True

    def readinto(self, destino: Any) -> int:
        if not self._lista:
            self._lista = memoryview(next(self._claras, b""))
        tomados = min(len(destino), len(self._lista))
        destino[:tomados], self._lista = self._lista[:tomados], self._lista[tomados:]
        return tomados

    def close(self) -> None:
        self._guardado.close()
        super().close()


def _piezas(origen: IO[bytes], largo: int) -> Iterator[tuple[bytes, bool]]:
    """Pieces of `largo` bytes, the last one shorter or not; and which is the last. Of nothing, one that is empty."""
    pieza = origen.read(largo)
    while True:
        siguiente = origen.read(largo)
        yield pieza, not siguiente
        if not siguiente:
            return
        pieza = siguiente
