"""A zip of deflated members that is written as it grows; a member may take in segments that were deflated long ago.

A segment begins without a past and ends at a whole byte, so that any can follow any other (RFC 1951); the checksum of
the whole is computed from those of the parts.
"""

import shutil
import struct
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from portal.encargos.models import Definitivo

try:
    from isal import isal_zlib as zlib

    NIVEL = zlib.ISAL_DEFAULT_COMPRESSION
except ImportError:  # a machine for which isal is not built
    import zlib  # type: ignore[no-redef]

    NIVEL = 1

LIMITE = 2**32 - 2**20
"""Of what a zip without extensions holds, with room for its directory; all readers understand such a one."""
_BLOQUE = 256 * 1024
_FIN = b"\x03\x00"  # an empty last block
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_CIERRE = struct.Struct("<4sHHHHIIH")
_FECHA = 0x21  # 1 January 1980: the same rows give the same file
_UTF8 = 0x800
_POLINOMIO = 0xEDB88320


class Segmento(NamedTuple):
    """What became of some text: its checksum, its length, and how many bytes it takes deflated."""

    crc: int
    largo: int
    bytes: int


class Deflactor:
    """Deflates text into `destino`, some at a time."""

    def __init__(self, destino: BinaryIO) -> None:
        self._destino = destino
        self._compresor = zlib.compressobj(NIVEL, zlib.DEFLATED, -15)
        self._pendiente: list[bytes] = []
        self._reunido = self._crc = self._largo = self._bytes = 0

    def escribir(self, texto: bytes) -> None:
        self._pendiente.append(texto)
        self._reunido += len(texto)
        if self._reunido >= _BLOQUE:
            self._vaciar()

    def _vaciar(self) -> None:
        texto = b"".join(self._pendiente)
        self._pendiente.clear()
        self._reunido = 0
        self._crc = zlib.crc32(texto, self._crc)
        self._largo += len(texto)
        self._bytes += self._destino.write(self._compresor.compress(texto))

    def cerrar(self) -> Segmento:
        """The end of the segment; nothing may be written any more."""
        self._vaciar()
        self._bytes += self._destino.write(self._compresor.flush(zlib.Z_SYNC_FLUSH))
        return Segmento(self._crc, self._largo, self._bytes)


class _Miembro(NamedTuple):
    nombre: bytes
    lugar: int
    crc: int
    largo: int
    bytes: int

    def campos(self) -> tuple[int, ...]:
        return (_UTF8, 8, 0, _FECHA, self.crc, self.bytes, self.largo, len(self.nombre))


class Paquete:
    """A zip in `destino`, which is new and can be sought in. One member is open at a time."""

    def __init__(self, destino: BinaryIO) -> None:
        self._destino = destino
        self._miembros: list[_Miembro] = []
        self._deflactor: Deflactor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, clase: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if clase is None:
            self._cerrar()

    def abrir(self, nombre: str) -> None:
        """Begin a member."""
        self._actual = _Miembro(nombre.encode(), self._destino.tell(), 0, 0, 0)
        self._destino.write(_LOCAL.pack(b"PK\x03\x04", 20, *self._actual.campos(), 0) + self._actual.nombre)
        self._deflactor = Deflactor(self._destino)

    def escribir(self, texto: bytes) -> None:
        """Go on with the open member."""
        if self._deflactor is None:
            self._deflactor = Deflactor(self._destino)
        self._deflactor.escribir(texto)

    def insertar(self, segmento: Segmento, archivo: BinaryIO) -> None:
        """Take in a segment whose deflated bytes are in `archivo`."""
        self._anotar_propio()
        shutil.copyfileobj(archivo, self._destino, _BLOQUE)
        self._sumar(segmento)

    def cerrar_miembro(self) -> None:
        self._anotar_propio()
        self._destino.write(_FIN)
        self._actual = self._actual._replace(bytes=self._actual.bytes + len(_FIN))
        fin = self._destino.tell()
        self._destino.seek(self._actual.lugar)
        self._destino.write(_LOCAL.pack(b"PK\x03\x04", 20, *self._actual.campos(), 0))
        self._destino.seek(fin)
        self._miembros.append(self._actual)

    def agregar(self, nombre: str, texto: str) -> None:
        """A whole member at once."""
        self.abrir(nombre)
        self.escribir(texto.encode())
        self.cerrar_miembro()

    @property
    def largo(self) -> int:
        """Length of the open member's text, as far as it was deflated."""
        return self._actual.largo + (self._deflactor._largo if self._deflactor else 0)

    def _anotar_propio(self) -> None:
        if self._deflactor is not None:
            self._sumar(self._deflactor.cerrar())
            self._deflactor = None

    def _sumar(self, segmento: Segmento) -> None:
        _, lugar, antes, largo, bytes_ = self._actual
        self._actual = self._actual._replace(
            crc=unir_crc(antes, segmento.crc, segmento.largo),
            largo=largo + segmento.largo,
            bytes=bytes_ + segmento.bytes,
        )
        if max(self._actual.largo, lugar + self._actual.bytes) > LIMITE:
            raise Definitivo("La planilla pasa de 4 GB: pide menos filas a la vez.")

    def _cerrar(self) -> None:
        comienzo = self._destino.tell()
        for m in self._miembros:
            self._destino.write(_CENTRAL.pack(b"PK\x01\x02", 20, 20, *m.campos(), 0, 0, 0, 0, 0, m.lugar) + m.nombre)
        largo, cuantos = self._destino.tell() - comienzo, len(self._miembros)
        self._destino.write(_CIERRE.pack(b"PK\x05\x06", 0, 0, cuantos, cuantos, largo, comienzo, 0))


def unir_crc(primero: int, segundo: int, largo: int) -> int:
    """The CRC-32 of two texts one after the other, from that of each and the length of the second."""
    potencia, factor = 1 << 31, 1 << 23  # x^0 and x^8, the step of one byte
    while largo:
        if largo & 1:
            potencia = _por(factor, potencia)
        factor = _por(factor, factor)
        largo >>= 1
    return _por(potencia, primero) ^ segundo


def _por(a: int, b: int) -> int:
    """Product of two polynomials modulo that of the CRC, lowest power in the highest bit."""
    producto, marca = 0, 1 << 31
    while marca:
        if a & marca:
            producto ^= b
        marca >>= 1
        b = b >> 1 ^ _POLINOMIO if b & 1 else b >> 1
    return producto
